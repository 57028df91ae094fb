import { drawDigits } from './digits.mjs';
import { kits } from './player.mjs';

/** @typedef {import('@napi-rs/canvas').SKRSContext2D} Context */

const board = { x: 40, y: 28, width: 262, height: 40 };
const colour = '#101828';
const digitHeightPx = 20;
const middle = board.y + board.height / 2;
const teams = [
  { kit: kits.red, swatch: 48, score: '2', x: 92 },
  { kit: kits.blue, swatch: 160, score: '3', x: 128 },
];
/** The clip begins in the 67th minute. */
const startS = 67 * 60 + 10;

/**
 * The score and the clock, as a broadcast shows them over the picture.
 * @param {Context} context
 * @param {number} timeS
 * @returns {{ text: string, box: number[] }[]}
 */
export function drawScoreboard(context, timeS) {
  context.fillStyle = colour;
  context.fillRect(board.x, board.y, board.width, board.height);
  const scores = teams.map(({ kit, swatch, score, x }) => {
    context.fillStyle = kit.shirt;
    context.fillRect(swatch, board.y + 8, 18, board.height - 16);
    return drawDigits(context, score, { x, y: middle, digitHeightPx });
  });
  return [...scores, drawDigits(context, clockText(startS + timeS), { x: 236, y: middle, digitHeightPx })];
}

function clockText(timeS) {
  const seconds = Math.floor(timeS);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
