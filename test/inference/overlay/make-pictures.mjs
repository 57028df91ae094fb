// Writes the golden pictures of the overlay: `npm run pictures`. Look at each that changed before you commit it.
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { scenes } from './scenes.mjs';

for (const [name, draw] of Object.entries(scenes)) {
  const { width, height, rgba } = draw();
  const path = fileURLToPath(new URL(`${name}.png`, import.meta.url));
  const picture = sharp(rgba, { raw: { width, height, channels: 4 } }).removeAlpha();
  const { size } = await picture.png({ compressionLevel: 9, effort: 10, adaptiveFiltering: true }).toFile(path);
  process.stdout.write(`${name}.png: ${width} × ${height} px, ${Math.ceil(size / 1024)} KiB\n`);
}
