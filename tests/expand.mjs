// Expands JSON-LD from stdin with the contexts named on the command line, and fails where a property,
// a type or a value would be dropped. Arguments: the folder of jsonld, then pairs of address and file.
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';

const [folder, ...pairs] = process.argv.slice(2);
const jsonld = createRequire(import.meta.url)(folder);
const contexts = {};
for (let i = 0; i < pairs.length; i += 2) contexts[pairs[i]] = JSON.parse(readFileSync(pairs[i + 1], 'utf8'));
const documentLoader = async url => ({documentUrl: url, document: contexts[url]});
const given = JSON.parse(readFileSync(0, 'utf8'));
console.log(JSON.stringify(await jsonld.expand(given, {safe: true, documentLoader})));
