// Which version of a tool this is, for the table and the statement.
import fs from 'node:fs';

export const versionOf = (name) =>
  JSON.parse(fs.readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8')).version;

export const sourceOf = (file) => fs.readFileSync(new URL(`../node_modules/${file}`, import.meta.url), 'utf8');
