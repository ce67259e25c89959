import { createReadStream, type ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { UsageError } from './usage.js';

const LARGEST_BYTES = 500_000_000;
const START_BYTES = 65_536;
const CHUNK_BYTES = 1 << 20;
const GZIP_MAGIC = [0x1f, 0x8b];

/** A gzip file that ends before its end, or is damaged within. */
export class CutShort extends Error {}

/** A file of captured bytes, unpacked where it is packed, that can be read as a stream. */
export interface OpenCapture {
  readonly file: string;
  /** Bytes on the disk. */
  readonly size: number;
  /** Its first 64 KB, unpacked. */
  readonly start: Buffer;
  /** Reads it from its beginning. @throws CutShort */
  chunks(): AsyncGenerator<Buffer>;
  /** How many of its bytes on the disk have been read by `chunks`. */
  readBytes(): number;
  /** @throws UsageError where it is too large to be held, or no whole gzip file. */
  whole(): Promise<Buffer>;
}

/** Opens a file, and reads how it begins. @throws UsageError where that cannot be read. */
export async function openCapture(file: string): Promise<OpenCapture> {
  const { size, isPacked } = await lookAt(file);
  let source: ReadStream | undefined;
  const chunks = async function* (): AsyncGenerator<Buffer> {
    source = createReadStream(file, { highWaterMark: CHUNK_BYTES });
    if (!isPacked) {
      yield* source as AsyncIterable<Buffer>;
      return;
    }
    const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
    source.on('error', (error) => gunzip.destroy(error)).pipe(gunzip);
    try {
      yield* gunzip as AsyncIterable<Buffer>;
    } catch (error) {
      throw new CutShort(`no whole gzip file: ${(error as Error).message}`);
    }
  };
  const opened = {
    file,
    size,
    chunks,
    readBytes: () => source?.bytesRead ?? 0,
    whole: () => reading(file, wholeOf(file, chunks())),
  };
  return { ...opened, start: await reading(file, startOf(chunks())) };
}

async function lookAt(file: string): Promise<{ size: number; isPacked: boolean }> {
  try {
    const handle = await open(file);
    try {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
      const isPacked = bytesRead === 2 && GZIP_MAGIC.every((byte, index) => buffer[index] === byte);
      return { size: (await handle.stat()).size, isPacked };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new UsageError(
      `faultline ingest: cannot read ${file}: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}`,
    );
  }
}

async function startOf(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const held: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      held.push(chunk);
      bytes += chunk.length;
      if (bytes >= START_BYTES) break;
    }
  } catch (error) {
    if (!(error instanceof CutShort) || bytes === 0) throw error;
  }
  return Buffer.concat(held).subarray(0, START_BYTES);
}

async function wholeOf(file: string, chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const held: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    held.push(chunk);
    bytes += chunk.length;
    if (bytes > LARGEST_BYTES)
      throw new UsageError(`faultline ingest: ${file} is more than ${LARGEST_BYTES} bytes, wanted a smaller document`);
  }
  return Buffer.concat(held);
}

async function reading<T>(file: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof CutShort) throw new UsageError(`faultline ingest: ${file} is ${error.message}`);
    throw error;
  }
}
