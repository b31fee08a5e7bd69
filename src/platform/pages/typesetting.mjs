// The thread that sets pages: nothing else waits for one. Plain JavaScript, because a test and the built program start
// this very file.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

/** Latin, Greek and Cyrillic; Arabic; Ethiopic. */
const FAMILIES = [
  ['noto-sans', 'NotoSans'],
  ['noto-sans-arabic', 'NotoSansArabic'],
  ['noto-sans-ethiopic', 'NotoSansEthiopic'],
];
const WEIGHTS = ['400Regular', '700Bold'];
/** Typst remembers what it set, for a page that is almost the same; for longer than a few it would grow and grow. */
const REMEMBERED_PAGES = 2;

const { resolve } = createRequire(import.meta.url);
const fontBlobs = FAMILIES.flatMap(([folder, family]) =>
  WEIGHTS.map((weight) =>
    readFileSync(resolve(`@expo-google-fonts/${folder}/${weight}/${family}_${weight}.ttf`)),
  ),
);
// No template reads a file; the only ones it could read lie here.
const workspace = fileURLToPath(new URL('.', import.meta.url));
const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs }] });

/** `{ source, content, reply }`: Typst and JSON in; `{ pdf, pages }` goes to `reply`, or nothing when it cannot be set. */
parentPort.on('message', ({ source, content, reply }) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of a thread has no origin
  reply.postMessage(set(source, content));
  reply.close();
});

function set(mainFileContent, content) {
  try {
    const { result } = compiler.compile({ mainFileContent, inputs: { content } });
    return result ? { pdf: compiler.pdf(result), pages: result.numOfPages } : undefined;
  } catch {
    return undefined;
  } finally {
    compiler.evictCache(REMEMBERED_PAGES);
  }
}
