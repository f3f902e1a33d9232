// Builds what the browser gets into webui/static/dist: names carry a content hash, manifest.json maps
// "app.js" to "app-XXXXXXXX.js", and every text file stands beside its .gz. Same sources → same bytes.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';
import { compile } from 'sass';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '..', 'static', 'dist');
const fresh = `${target}.new`;
const sources = (ending) => readdirSync(join(here, 'src'))
  .filter((name) => name.endsWith(ending) && !name.startsWith('_')).sort();

const manifest = {};
const PACKED = /\.(woff2?|png|webp)$/;
const licences = [];

function put(name, bytes) {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  const dot = name.lastIndexOf('.');
  const hashed = `${name.slice(0, dot)}-${hash}${name.slice(dot)}`;
  writeFileSync(join(fresh, hashed), bytes);
  if (!PACKED.test(name)) writeFileSync(join(fresh, `${hashed}.gz`), gzipSync(bytes, { level: 9 }));
  manifest[name] = hashed;
}

async function scripts() {
  const made = await build({
    absWorkingDir: here,
    entryPoints: sources('.js').map((name) => join('src', name)),
    bundle: true, minify: true, write: false, outdir: fresh, target: ['es2020'],
    format: 'iife', legalComments: 'external', loader: { '.woff2': 'file' }, logLevel: 'warning',
  });
  for (const file of made.outputFiles) {
    const name = basename(file.path);
    if (name.endsWith('.LEGAL.txt')) licences.push(file.text);
    else put(name, file.contents);
  }
}

async function styles() {
  for (const name of sources('.scss')) {
    const { css } = compile(join(here, 'src', name), {
      loadPaths: [join(here, 'node_modules')], style: 'expanded', quietDeps: true, charset: false,
      silenceDeprecations: ['import'],
    });
    const small = await transform(css, { loader: 'css', minify: true, legalComments: 'none' });
    put(name.replace('.scss', '.css'), Buffer.from(small.code));
  }
}

// The icons of the installed desk and the pictures of the help pages (`make screenshots` draws both).
function pictures() {
  for (const name of readdirSync(join(here, 'pictures')).sort()) put(name, readFileSync(join(here, 'pictures', name)));
}

rmSync(fresh, { recursive: true, force: true });
mkdirSync(fresh, { recursive: true });
await scripts();
await styles();
pictures();
writeFileSync(join(fresh, 'LICENSES.txt'), [...new Set(licences)].join('\n'));
writeFileSync(join(fresh, 'manifest.json'), `${JSON.stringify(manifest, Object.keys(manifest).sort(), 2)}\n`);
rmSync(target, { recursive: true, force: true });
renameSync(fresh, target);
for (const [name, hashed] of Object.entries(manifest)) {
  const packed = PACKED.test(name) ? '' : `, ${readFileSync(join(target, `${hashed}.gz`)).length} gzipped`;
  console.log(`  ${hashed}: ${readFileSync(join(target, hashed)).length} bytes${packed}`);
}
