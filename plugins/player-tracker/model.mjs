import { makeGraph } from '../onnx.mjs';
import { grassAround } from './around.mjs';
import { ballScore } from './ball.mjs';
import { boxesOfBall, boxesOfPlayers } from './boxes.mjs';
import { lineMap } from './lines.mjs';
import { playerScores } from './players.mjs';
import { colourMaps, mapStride } from './stem.mjs';

const width = 1280;
const height = 720;

/**
 * The detector is a small convolutional network whose weights were chosen, not trained: a stem turns pixels into maps of
 * "how red, blue, yellow, black, green, white"; one convolution compares them with the template of a standing player at
 * four sizes; the ball is a white spot with green around it. Peaks become boxes in the model.
 *
 * RGBA bytes [1, height, width, 4] in; rows of x1, y1, x2, y2, score, class out: [1, rows, 6], and how much of each cell of two by
 * two px a line of the pitch covers: [1, height / 2, width / 2].
 */
export function makeModel() {
  const graph = makeGraph('player-detector');
  const image = graph.input('image', 'uint8', [1, height, width, 4]);
  const { colours, green, white, pale } = colourMaps(graph, image);
  const size = { width: width / mapStride, height: height / mapStride };
  const grass = grassAround(graph, green, size);
  const players = boxesOfPlayers(graph, playerScores(graph, colours, { width, height }));
  const ball = boxesOfBall(graph, { scores: ballScore(graph, white, grass, size), ...size });
  const rows = graph.op('Concat', [players.rows, ball.rows], { axis: 0 });
  const count = players.count + ball.count;
  graph.output('detections', graph.op('Unsqueeze', [rows, graph.integers(0)]), [1, count, 6]);
  const lines = graph.op('Reshape', [lineMap(graph, pale, grass), graph.integers(1, size.height, size.width)]);
  graph.output('lines', lines, [1, size.height, size.width]);
  return graph.write();
}
