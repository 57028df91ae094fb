import { z } from 'zod';
import { messageOf, SiltstoneError } from '../../errors.ts';
import { letterboxOf, sizeOf } from '../letterbox.ts';
import type { CommandPlugin } from '../registry.ts';
import { type CommandProcess, startCommand } from './command-process.ts';
import type { FormOptions, FormOutput, OpenForm } from './form.ts';
import { openScratch } from './scratch.ts';

const answerSchema = z.union([
  z.object({ frame: z.int(), payload: z.json(), dialect: z.string().max(64).optional() }),
  z.object({ frame: z.int(), error: z.string() }),
]);

/**
 * A command in any language. For each frame it is told one line of JSON on stdin,
 * `{"frame", "width", "height", "path", "tool", "labels"}`; `path` is a file of RGBA, four bytes a pixel, row by row.
 * It answers one line on stdout: `{"frame", "payload", "dialect"?}` in px of the frame, or `{"frame", "error"}`. What it
 * writes to stderr is told where it fails. When stdin ends, it is to end.
 */
export async function openCommandForm(plugin: CommandPlugin, { tool }: FormOptions): Promise<OpenForm> {
  const { manifest, folder, labels } = plugin;
  const scratch = await openScratch();
  const { path } = scratch;
  const command = startCommand(manifest.command, folder);
  let count = 0;
  return {
    async run(frame) {
      const startedAt = performance.now();
      await scratch.write(frame.rgba);
      const writtenAt = performance.now();
      const index = count++;
      const { width, height } = frame;
      const line = JSON.stringify({ frame: index, width, height, path, tool, labels });
      const { payload, dialect } = await ask(command, manifest.id, { index, line });
      return {
        payload,
        ...(dialect !== undefined && { dialect }),
        issues: [],
        letterbox: letterboxOf(sizeOf(frame), frame),
        preprocessMs: writtenAt - startedAt,
        inferenceMs: performance.now() - writtenAt,
        postprocessMs: 0,
      };
    },
    async close() {
      await command.close();
      await scratch.close();
    },
  };
}

interface Question {
  readonly index: number;
  readonly line: string;
}

interface Answer {
  readonly payload: FormOutput['payload'];
  readonly dialect?: string | undefined;
}

/** @throws SiltstoneError `plugin_broken` where the command ends, or answers something else */
async function ask(command: CommandProcess, id: string, { index, line }: Question): Promise<Answer> {
  const broken = (what: string) => new SiltstoneError('plugin_broken', `frame ${index} of ${id}: ${what}`);
  let text: string;
  try {
    text = await command.ask(line);
  } catch (error) {
    throw broken(messageOf(error));
  }
  const answer = answerSchema.safeParse(parseJson(text));
  if (!answer.success) throw broken(`the command answered ${shown(text)}, which is no {"frame", "payload"} of JSON`);
  if (answer.data.frame !== index) throw broken(`the command answered frame ${answer.data.frame}`);
  if ('error' in answer.data) throw broken(answer.data.error);
  return answer.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON is told as it stands.
    return undefined;
  }
}

const shownMax = 200;
const shown = (text: string): string => JSON.stringify(text.length > shownMax ? `${text.slice(0, shownMax)}…` : text);
