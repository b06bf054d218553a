import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Node alone does not run TypeScript: child processes get a copy of the store without types. */
export interface BuiltStore {
  /** The program that a child runs. */
  readonly program: string
  remove(): Promise<void>
}

/** The program finds the store as `./src/store/store.js`. */
export async function buildStore(name: string, program: string): Promise<BuiltStore> {
  // Inside the checkout, so that the built copy finds its dependencies.
  const built = join(root, 'node_modules', '.cache', `bootline-${name}-${process.pid}`)
  const compilerOptions: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    rewriteRelativeImportExtensions: true,
  }
  for (const folder of ['src/domain', 'src/store', 'src/store/migrations']) {
    await mkdir(join(built, folder), { recursive: true })
    for (const file of await readdir(join(root, folder))) {
      if (!file.endsWith('.ts')) continue
      const { outputText } = ts.transpileModule(await readFile(join(root, folder, file), 'utf8'), {
        compilerOptions,
      })
      await writeFile(join(built, folder, file.replace(/ts$/, 'js')), outputText)
    }
  }
  await writeFile(join(built, 'package.json'), '{"type":"module"}')
  await writeFile(join(built, 'child.js'), program)
  return { program: join(built, 'child.js'), remove: () => rm(built, { recursive: true, force: true }) }
}
