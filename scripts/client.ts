import { mkdir, writeFile } from 'node:fs/promises';
import openapiTS, { astToString, COMMENT_HEADER, type OpenAPI3 } from 'openapi-typescript';
import { describeProgram } from '../src/app.setup.js';

/** Writes the types of the API as the program describes it: what a client in TypeScript is compiled against. */
const types = await openapiTS((await describeProgram()) as OpenAPI3);
await mkdir('client', { recursive: true });
await writeFile('client/ankomst.d.ts', COMMENT_HEADER + astToString(types));
