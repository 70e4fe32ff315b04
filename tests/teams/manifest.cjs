// Reads an app manifest from stdin and prints what Microsoft's schema of its version says against it, as JSON.
const fs = require('fs');
const path = require('path');

const modules = path.join(__dirname, '../../node_modules');
const Ajv = require(path.join(modules, 'ajv-draft-04'));
const addFormats = require(path.join(modules, 'ajv-formats'));

const manifest = JSON.parse(fs.readFileSync(0, 'utf8'));
const schemas = path.join(modules, '@microsoft/app-manifest/build/json-schemas/teams');
const schema = JSON.parse(fs.readFileSync(path.join(schemas, 'v1.19/MicrosoftTeams.schema.json'), 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
const validate = ajv.compile(schema);
validate(manifest);
console.log(JSON.stringify((validate.errors || []).map((error) => `${error.instancePath} ${error.message}`)));
