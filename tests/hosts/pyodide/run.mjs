// Calls the worksheet functions in Pyodide: `node run.mjs FOLDER=PACKAGE ...` mounts each package of the working tree
// or the environment; standard input holds the calls as JSON, standard output what they give.
import { readFile, readdir } from 'node:fs/promises'
import { loadPyodide } from 'pyodide'

const WHEELS = new URL('node_modules/@bentopdf/pymupdf-wasm/assets/', import.meta.url)

const pyodide = await loadPyodide({ env: { HOME: '/home/pyodide', XLCREDIT_HOME: '/home/pyodide' } })
const numpy = (await readdir(WHEELS)).find((name) => name.startsWith('numpy-'))
pyodide.unpackArchive(new Uint8Array(await readFile(new URL(numpy, WHEELS))), 'wheel')
for (const package_ of process.argv.slice(2)) {
  const [name, folder] = package_.split('=')
  pyodide.FS.mkdirTree(`/code/${name}`)
  pyodide.mountNodeFS(`/code/${name}`, folder)
}
pyodide.runPython(await readFile(new URL('answers.py', import.meta.url), 'utf8'))
console.log(pyodide.globals.get('answers')(await readFile('/dev/stdin', 'utf8')))
