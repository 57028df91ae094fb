// Makes model.onnx and puts its sha256 into manifest.json. Run: node plugins/ocr/make-model.mjs
import { writeModel } from '../write-model.mjs';
import { makeModel } from './model.mjs';

await writeModel(new URL('./', import.meta.url), makeModel());
