/** What the tests use of it; it comes without types. */
declare module 'parquetjs-lite' {
  export interface ParquetCursor {
    next(): Promise<Readonly<Record<string, unknown>> | null>;
  }

  export const ParquetReader: {
    openFile(path: string): Promise<{ getCursor(): ParquetCursor; close(): Promise<void> }>;
  };
}
