// Imported before a program: says how much memory it takes when asked, on every system alike.
process.on('message', () => process.send!(process.memoryUsage.rss()));
