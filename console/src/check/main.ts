import { chosenFiles, droppedFiles, MOST_FILES, type DroppedFile } from '../files/dropped';
import { hashFile } from '../files/hasher';
import { receiptsInFile, recogniseFile, verifyFigureProofFile, verifyReceiptFile } from '../files/prover';
import { currentLanguage, languageTag, rememberLanguage, type Language } from '../language/language';
import { h } from './dom';
import { certificateView } from './certificate';
import { examine, type Checked, type Means, type Phase } from './examine';
import { askAbout, ledgerFacts, servicePolicy, statusOf } from './ledger';
import { resultsView } from './results';
import { openTable, withCells } from './where-changed';
import { words } from './words';

interface State {
  language: Language;
  sendNames: boolean;
  /** A policy that the person gave. */
  policy: { readonly text: string; readonly path: string } | undefined;
  isTrial: boolean;
  progress: string;
  results: readonly Checked[] | undefined;
}

const state: State = {
  language: currentLanguage(),
  sendNames: true,
  policy: undefined,
  isTrial: document.documentElement.dataset['trial'] === 'true',
  progress: '',
  results: undefined,
};

const means: Means = {
  recognise: recogniseFile,
  hash: (file) => hashFile(file),
  receiptsIn: receiptsInFile,
  openTable,
  verifyReceipt: verifyReceiptFile,
  verifyFigureProof: verifyFigureProofFile,
  ask: askAbout,
  statusOf,
  policy: () => (state.policy === undefined ? servicePolicy() : Promise.resolve(state.policy.text)),
};

const text = (name: keyof typeof words): string => words[name][state.language];

const status = h('div', { id: 'status', role: 'status', 'aria-live': 'polite' });
const stopLine = h('p', {});
const results = h('section', { id: 'results' });
const band = h('p', { class: 'band', role: 'note', hidden: true });
const policyLine = h('p', { id: 'policy', class: 'quiet' });

function showPolicy(): void {
  policyLine.textContent =
    state.policy === undefined ? text('policyOfService') : `${text('policyOfYours')}${state.policy.path}`;
}

function showBand(): void {
  band.hidden = !state.isTrial;
  band.textContent = text('trial');
}

function showResults(): void {
  status.textContent = state.progress;
  const clear = h('button', { type: 'button', click: clearResults }, text('clear'));
  results.replaceChildren(
    ...(state.results === undefined
      ? []
      : [...resultsView(state.results, state.language), ...certificateView(state.results, state.language), clear]),
  );
}

function clearResults(): void {
  state.results = undefined;
  state.progress = '';
  showResults();
}

async function take(files: readonly DroppedFile[]): Promise<void> {
  if (files.length === 0 || files.length > MOST_FILES) {
    state.progress = text(files.length === 0 ? 'nothing' : 'tooMany');
    showResults();
    return;
  }
  let [checked, isStopped] = [0, false];
  const stop = (): void => {
    isStopped = true;
  };
  stopLine.replaceChildren(h('button', { type: 'button', id: 'stop', click: stop }, text('stop')));
  const onProgress = (phase: Phase, done: number): void => {
    if (phase === 'checking') checked = done;
    status.textContent = `${text(phase)} ${String(done)} / ${String(files.length)}`;
  };
  onProgress('recognising', 0);
  const choice = { sendNames: state.sendNames, isStopped: () => isStopped };
  try {
    const found = await examine(files, means, choice, usePolicy, onProgress);
    state.results = await withCells([...found, ...(state.results ?? [])]);
  } finally {
    stopLine.replaceChildren();
  }
  const done = `${String(checked)} / ${String(files.length)}`;
  state.progress = isStopped ? `${text('stopped')} ${done}` : '';
  showResults();
}

/** A folder is walked to its end before anything of it is looked at. */
function showFound(count: number): void {
  status.textContent = `${text('walking')} ${String(count)}`;
}

function usePolicy(given: string, path: string): void {
  state.policy = { text: given, path };
  showPolicy();
}

function report(error: unknown): void {
  state.progress = error instanceof Error ? error.message : String(error);
  showResults();
}

function picker(label: string, id: string, isFolder: boolean): Node {
  const input = h('input', {
    type: 'file',
    id,
    multiple: true,
    webkitdirectory: isFolder,
    change: () => {
      take(chosenFiles(input.files)).catch(report);
      input.value = '';
    },
  });
  return h('label', { class: 'button', for: id }, label, input);
}

function dropZone(): Node {
  const zone = h(
    'div',
    {
      id: 'drop',
      dragover: (event) => {
        event.preventDefault();
        zone.classList.add('over');
      },
      dragleave: () => {
        zone.classList.remove('over');
      },
      drop: (event) => {
        event.preventDefault();
        zone.classList.remove('over');
        const transfer = (event as DragEvent).dataTransfer;
        if (transfer !== null) droppedFiles(transfer, showFound).then(take).catch(report);
      },
    },
    h('p', { class: 'big' }, text('drop')),
    h('p', { class: 'quiet' }, text('most')),
    picker(text('chooseFiles'), 'files', false),
    picker(text('chooseFolder'), 'folder', true),
  );
  return zone;
}

function namesChoice(): Node {
  const box = h('input', {
    type: 'checkbox',
    id: 'names',
    checked: state.sendNames,
    change: () => {
      state.sendNames = box.checked;
    },
  });
  return h('label', { class: 'choice', for: 'names' }, box, ` ${text('sendNames')}`);
}

function withoutUs(): Node {
  const item = (name: keyof typeof words, ...more: Node[]): Node => h('li', {}, `${text(name)} `, ...more);
  return h(
    'section',
    { id: 'without' },
    h('h2', {}, text('without')),
    h(
      'ol',
      {},
      item('withoutPage', h('a', { href: '/verify.html', download: 'verify.html' }, text('savePage'))),
      item('withoutPolicy', h('a', { href: '/v1/ledger/policy', download: 'policy.json' }, text('savePolicy'))),
      item('withoutFormats'),
    ),
    h(
      'pre',
      { tabindex: '0' },
      'npx carbon-ledger verify FOLDER\nnpx carbon-ledger verify-receipt FILE.receipt --policy policy.json',
    ),
  );
}

function header(): Node {
  const toggle = h(
    'button',
    { type: 'button', id: 'language', lang: state.language === 'zh' ? 'en' : 'zh-CN', click: switchLanguage },
    text('other'),
  );
  return h(
    'header',
    {},
    h('a', { class: 'skip', href: '#main' }, text('skip')),
    h('a', { class: 'brand', href: '/' }, text('product')),
    h('nav', { 'aria-label': text('home') }, h('a', { href: '/' }, text('home')), toggle),
  );
}

function switchLanguage(): void {
  state.language = state.language === 'zh' ? 'en' : 'zh';
  rememberLanguage(state.language);
  show();
  document.getElementById('language')?.focus();
}

function show(): void {
  document.documentElement.lang = languageTag(state.language);
  document.title = `${text('title')} · ${text('product')}`;
  showPolicy();
  showResults();
  showBand();
  document
    .getElementById('check')
    ?.replaceChildren(
      header(),
      h(
        'main',
        { id: 'main', tabindex: '-1' },
        band,
        h('h1', {}, text('title')),
        h('p', {}, text('lead')),
        dropZone(),
        namesChoice(),
        policyLine,
        status,
        stopLine,
        results,
        withoutUs(),
      ),
    );
}

show();
ledgerFacts().then(
  ({ trial }) => {
    state.isTrial = trial;
    showBand();
  },
  () => undefined,
);
