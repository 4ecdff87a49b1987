// Verifies credentials of one form in the browser, by the keys and lists beside this page.
//
// Since the form is known, so is what it means: each name stands for one property, and nothing has
// to be expanded against a context. What is signed is the canonical set of statements (W3C, RDF
// Dataset Canonicalization 1.0), made here for this form alone; whatever has another form is refused.

const {forms, texts} = JSON.parse(document.getElementById('data').textContent);
const root = new URL('../', import.meta.url);
const SIZE = 131072;
const SKEW = 5 * 60 * 1000;
const LARGEST = 25_000_000;

const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const BADGE = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#';
const CREDENTIAL = 'https://www.w3.org/2018/credentials#';
const STATUS = 'https://www.w3.org/ns/credentials/status#';
const SECURITY = 'https://w3id.org/security#';
const SCHEMA = 'https://schema.org/';
const ID = '@id';
const MOMENT = 'http://www.w3.org/2001/XMLSchema#dateTime';
const DAY = 'https://www.w3.org/2001/XMLSchema#date';
const ADDRESS = 'https://www.w3.org/2001/XMLSchema#anyURI';
const BOOLEAN = 'https://www.w3.org/2001/XMLSchema#boolean';

const TYPES = {
  VerifiableCredential: CREDENTIAL, BitstringStatusListCredential: STATUS,
  BitstringStatusListEntry: STATUS, BitstringStatusList: STATUS, DataIntegrityProof: SECURITY
};
// Where a name stands, before its property: what its value is, unless it is a text.
const TERMS = {
  issuer: [CREDENTIAL, ID], credentialSubject: [CREDENTIAL], credentialStatus: [CREDENTIAL],
  validFrom: [CREDENTIAL, MOMENT], validUntil: [CREDENTIAL, MOMENT],
  name: [SCHEMA], description: [SCHEMA], url: [SCHEMA, ADDRESS], value: [SCHEMA],
  hashed: [BADGE, BOOLEAN], activityStartDate: [BADGE, DAY], activityEndDate: [BADGE, DAY],
  statusPurpose: [STATUS], statusListIndex: [STATUS], statusListCredential: [STATUS, ID],
  encodedList: [STATUS, SECURITY + 'multibase'],
  created: ['http://purl.org/dc/terms/', MOMENT],
  cryptosuite: [SECURITY, SECURITY + 'cryptosuiteString'],
  verificationMethod: [SECURITY, ID], proofPurpose: [SECURITY, ID]
};

// What is said, and the details in it; thrown where nothing more can be found out.
class Told extends Error {
  constructor(result, why, details = {}) {
    super(why);
    Object.assign(this, {result, why, details});
  }
}

// A form: "" is any text, {"*": form} any number, "?name" what need not be there.
function isOfForm(value, form) {
  if(form === '') {
    return typeof value === 'string';
  }
  if(Array.isArray(form)) {
    return Array.isArray(value) && value.length === form.length &&
      form.every((one, index) => isOfForm(value[index], one));
  }
  if(typeof form !== 'object') {
    return value === form;
  }
  if('*' in form) {
    return Array.isArray(value) && value.length <= forms.most &&
      value.every(one => isOfForm(one, form['*']));
  }
  if(typeof value !== 'object' || value === null || Array.isArray(value)) {
    return false;
  }
  const names = Object.keys(form);
  return names.every(name => name[0] === '?' || Object.hasOwn(value, name)) &&
    Object.keys(value).every(name => {
      const known = [name, `?${name}`].find(one => Object.hasOwn(form, one));
      return known !== undefined && isOfForm(value[name], form[known]);
    });
}

// The statements of a document, each in the form of N-Quads without its end.
function statements(whole) {
  const found = new Set();
  let blanks = 0;
  const address = text => {
    if(!/^(?!http:\/\/relative\.invalid\/)[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]*$/u.test(text)) {
      throw new Told('bad', 'forged');
    }
    return `<${text}>`;
  };
  const object = (value, name, type) => {
    if(typeof value === 'object') {
      return node(value);
    }
    let kind = TERMS[name]?.[1];
    if(name === 'resultDescription' && type === 'Result') {
      kind = ADDRESS;
    }
    if(kind === ID) {
      return address(name === 'proofPurpose' ? SECURITY + value : value);
    }
    const escaped = String(value).replace(/[\\\t\n\r"]/g, one =>
      ({'\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '"': '\\"'})[one]);
    return `"${escaped}"${kind ? `^^<${kind}>` : ''}`;
  };
  const node = value => {
    const subject = value.id === undefined ? `_:b${blanks++}` : address(value.id);
    const types = [value.type ?? []].flat();
    for(const type of types) {
      found.add([subject, `<${RDF_TYPE}>`, `<${(TYPES[type] ?? BADGE) + type}>`].join(' '));
    }
    for(const [name, values] of Object.entries(value)) {
      if(['id', 'type', '@context', 'proof'].includes(name)) {
        continue;
      }
      const property = name === 'criteria' ? `${BADGE}Criteria` : (TERMS[name]?.[0] ?? BADGE) + name;
      for(const one of [values].flat()) {
        found.add([subject, `<${property}>`, object(one, name, types[0])].join(' '));
      }
    }
    return subject;
  };
  node(whole);
  return [...found];
}

const utf8 = new TextEncoder();
const hash = async text => new Uint8Array(await crypto.subtle.digest('SHA-256', utf8.encode(text)));
const hex = octets => Array.from(octets, one => one.toString(16).padStart(2, '0')).join('');
// By code points, as JavaScript alone does not compare.
function inOrder(lines) {
  const keyed = lines.map(line => [hex(utf8.encode(line)), line]);
  return keyed.sort(([one], [other]) => one < other ? -1 : Number(one > other)).map(([, line]) => line);
}

// A statement with its blank nodes renamed; texts are in quotation marks, so no text is one.
const inside = (line, rename) => {
  const [subject, property, ...rest] = line.split(' ');
  const value = rest.join(' ');
  return [subject, property, value].map(part => /^_:b\d+$/.test(part) ? rename(part) : part).join(' ');
};

async function canonical(whole) {
  const lines = statements(whole);
  const blanks = new Set(lines.flatMap(line => {
    const [subject, , ...rest] = line.split(' ');
    return [subject, rest.join(' ')].filter(part => /^_:b\d+$/.test(part));
  }));
  const hashed = [];
  for(const blank of blanks) {
    const its = lines.filter(line => inside(line, part => part === blank ? '!' : part) !== line);
    const named = its.map(line => `${inside(line, part => part === blank ? '_:a' : '_:z')} .\n`);
    hashed.push([hex(await hash(inOrder(named).join(''))), blank]);
  }
  hashed.sort();
  if(new Set(hashed.map(([one]) => one)).size < hashed.length) {
    // Two that say the same need more than their first degree to be told apart; ours have none.
    throw new Told('not_checked', 'unable');
  }
  const names = new Map(hashed.map(([, blank], index) => [blank, `_:c14n${index}`]));
  return inOrder(lines.map(line => `${inside(line, part => names.get(part))} .\n`)).join('');
}

function base58(text) {
  const digits = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  if(!/^z[1-9A-HJ-NP-Za-km-z]{1,100}$/.test(text)) {
    throw new Told('bad', 'forged');
  }
  let number = 0n;
  for(const digit of text.slice(1)) {
    number = number * 58n + BigInt(digits.indexOf(digit));
  }
  const octets = [];
  for(; number; number >>= 8n) {
    octets.unshift(Number(number & 255n));
  }
  return new Uint8Array([...Array(/^1*/.exec(text.slice(1))[0].length).fill(0), ...octets]);
}

// The key that a document of keys names for this proof.
const keyOf = (whole, keys) => (keys?.verificationMethod ?? []).find(one =>
  one.id === whole.proof.verificationMethod && one.controller === (whole.issuer.id ?? whole.issuer));

async function isSigned(whole, keys) {
  const key = keyOf(whole, keys);
  return Boolean(key && keys.assertionMethod?.includes(key.id)) && fits(whole, key);
}

async function fits(whole, key) {
  const {proofValue, ...options} = whole.proof;
  const octets = base58(key.publicKeyMultibase);
  let imported;
  try {
    imported = await crypto.subtle.importKey('raw', octets.slice(2), 'Ed25519', false, ['verify']);
  } catch{
    throw new Told('not_checked', 'unable');
  }
  const hashes = [await hash(await canonical(options)), await hash(await canonical(whole))];
  const signed = new Uint8Array([...hashes[0], ...hashes[1]]);
  return crypto.subtle.verify('Ed25519', imported, base58(proofValue), signed);
}

async function published(path) {
  const answer = await fetch(new URL(path, root), {cache: 'no-cache'});
  return answer.ok ? answer.json() : null;
}

const ends = (address, form) => form.exec(address)?.[1] ?? '-';

async function unpacked(octets, format) {
  const stream = new Blob([octets]).stream().pipeThrough(new DecompressionStream(format));
  const reader = stream.getReader(), parts = [];
  for(let size = 0; size < 200_000;) {
    const {done, value} = await reader.read();
    if(done) {
      break;
    }
    size += value.length;
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

// What `certs verify` says of a credential, by the files beside this page.
async function judged(signed) {
  // A proof may be in a list of one.
  const proofs = [signed?.proof].flat();
  const credential = {...signed, proof: proofs.length === 1 ? proofs[0] : proofs};
  if(!isOfForm(credential, forms.credential)) {
    throw new Told('bad', 'not_ours');
  }
  if(!globalThis.crypto?.subtle) {
    throw new Told('not_checked', 'unable');
  }
  const did = credential.issuer.id;
  const keys = await published(`issuers/${ends(did, /:([A-Za-z0-9-]+)$/)}/did.json`);
  if(keys?.id !== did) {
    throw new Told('not_checked', 'key_elsewhere', {address: did});
  }
  if(!await isSigned(credential, keys)) {
    // Whoever stole a key can sign anything, so nothing of the credential is shown.
    const withdrawn = await published(`issuers/${ends(did, /:([A-Za-z0-9-]+)$/)}/withdrawn-keys.json`);
    const stolen = withdrawn?.id === did ? keyOf(credential, withdrawn) : undefined;
    if(stolen && await fits(credential, stolen)) {
      const day = String(stolen.revoked).slice(0, 10);
      throw new Told('bad', 'key_withdrawn', {day, page: new URL('.', import.meta.url).href});
    }
    throw new Told('bad', 'forged');
  }
  if(!(Date.parse(credential.validFrom) <= Date.now() + SKEW)) {
    throw new Told('bad', 'early');
  }
  const status = credential.credentialStatus, address = status.statusListCredential;
  const list = await published(`status/${ends(address, /\/([A-Za-z0-9_-]+\.json)$/)}`);
  if(!list) {
    throw new Told('not_checked', 'list_elsewhere', {address});
  }
  if(!isOfForm(list, forms.list) || list.id !== address || list.issuer !== did ||
    !await isSigned(list, keys)) {
    throw new Told('bad', 'list_wrong');
  }
  if(!(Date.parse(list.validFrom) <= Date.now() + SKEW && Date.now() < Date.parse(list.validUntil))) {
    throw new Told('bad', 'list_old');
  }
  const packed = list.credentialSubject.encodedList.slice(1).replace(/-/g, '+').replace(/_/g, '/');
  const bits = await unpacked(Uint8Array.from(atob(packed), one => one.charCodeAt(0)), 'gzip');
  const index = /^\d{1,6}$/.test(status.statusListIndex) ? Number(status.statusListIndex) : SIZE;
  if(bits.length !== SIZE / 8 || index >= SIZE) {
    throw new Told('bad', 'list_wrong');
  }
  if(bits[index >> 3] & 0x80 >> index % 8) {
    throw new Told('bad', 'revoked');
  }
}

// The credential in a file: JSON, the chunk of a PNG, or an attachment of a PDF.
async function carried(octets) {
  const text = new TextDecoder('latin1').decode(octets);
  let found = [];
  if(text.startsWith('PNG\r\n', 1)) {
    const view = new DataView(octets.buffer);
    for(let place = 8; place + 12 <= octets.length; place += 12 + view.getUint32(place)) {
      const chunk = octets.subarray(place + 8, place + 8 + view.getUint32(place));
      if(text.startsWith('iTXtopenbadgecredential\0\0', place + 4)) {
        const start = [0, 0].reduce(from => chunk.indexOf(0, from) + 1, 22);
        found.push(chunk.subarray(start));
      }
    }
  } else if(text.trimStart().startsWith('{')) {
    found = [octets];
  } else if(text.slice(0, 1024).includes('%PDF-')) {
    for(const {index, 0: all, 1: dictionary} of text.matchAll(
      /obj\s*<<((?:(?!endobj|stream)[^])*?\/EmbeddedFile\b(?:(?!endobj|stream)[^])*)>>\s*stream\r?\n/g)) {
      const start = index + all.length;
      const length = /\/Length\s+(\d+)\b(?!\s+\d+\s+R)/.exec(dictionary)?.[1];
      const end = length ? start + Number(length) : text.indexOf('endstream', start);
      const content = octets.subarray(start, end);
      found.push(dictionary.includes('/FlateDecode') ? await unpacked(content, 'deflate') : content);
    }
  }
  if(found.length !== 1) {
    throw new Told('not_checked', found.length ? 'several' : 'nothing');
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(found[0]));
  } catch{
    throw new Told('not_checked', 'nothing');
  }
}

// The organization that a narrative names behind what is thanked for (`verifying._organization`).
function organizationIn({criteria, description}) {
  const plain = criteria.narrative.replace(/\\([\\`*_[\]<>|~])/g, '$1');
  const stated = (plain.startsWith(description) ? plain.slice(description.length) : plain).trim();
  return /^[^:：]+[:：] ?(.+)[.。]$/su.exec(stated)?.[1] ?? stated;
}

// The page

const language = new URLSearchParams(location.search).get('lang') ??
  (navigator.language.startsWith('zh') ? 'zh' : 'en');
const words = texts[language] ?? texts.en;
const output = document.querySelector('output');
const said = (name, parent, text) => {
  const made = document.createElement(name);
  made.textContent = text;
  parent.append(made);
};

document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
document.title = words.title;
for(const one of document.querySelectorAll('[data-text]')) {
  one.textContent = words[one.dataset.text];
}

async function show(read) {
  let credential, told = new Told('good', '');
  try {
    credential = await read();
    await judged(credential);
  } catch(error) {
    told = error instanceof Told ? error : new Told('not_checked', 'unreachable');
  }
  const {result, why, details} = told;
  output.replaceChildren();
  output.dataset.result = result;
  output.dataset.why = why;
  said('h2', output, words[why === 'revoked' ? 'revoked_heading' : result]);
  if(why) {
    said('p', output, words[why].replace(/{(\w+)}/g, (_, name) => details[name] ?? ''));
  }
  if(result === 'good' || why === 'revoked') {
    const subject = credential.credentialSubject, list = document.createElement('dl');
    const {achievement} = subject, organization = organizationIn(achievement);
    const titles = new Map((achievement.resultDescription ?? []).map(one => [one.id, one.name]));
    const issued = new Date(credential.validFrom).toLocaleString(
      language, {dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23', timeZone: 'UTC'});
    for(const [title, value, small] of [
      [words.issuer, credential.issuer.name, credential.issuer.id],
      ...(organization ? [[words.organization, organization]] : []),
      [words.name, subject.identifier[0].identityHash],
      [words.event, credential.name],
      [words.number, subject.licenseNumber],
      ...(subject.result ?? []).map(one => [titles.get(one.resultDescription) ?? '', one.value]),
      [words.issued, `${issued} UTC`]
    ]) {
      said('dt', list, title);
      said('dd', list, value.replace(/\p{C}/gu, ' '));
      if(small) {
        said('small', list.lastChild, small);
      }
    }
    output.append(list);
    said('p', output, words.says);
    said('q', output.lastChild, credential.description.replace(/\p{C}/gu, ' '));
    said('p', output, words.not_the_picture);
  }
}

document.querySelector('input').addEventListener('change', event => {
  const [file] = event.target.files;
  if(file) {
    show(async () => {
      if(file.size > LARGEST) {
        throw new Told('not_checked', 'nothing');
      }
      return carried(new Uint8Array(await file.arrayBuffer()));
    });
  }
});

const asked = /\/verify\/([A-Za-z0-9_-]{1,64})$/.exec(location.pathname);
if(asked) {
  show(async () => {
    const credential = await published(`verify/${asked[1]}.json`);
    if(!credential) {
      throw new Told('not_checked', 'not_published');
    }
    return credential;
  });
}
