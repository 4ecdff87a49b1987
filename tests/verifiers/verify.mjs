// Two verifiers that others made, offline. In: {answers: {address: document}, credentials: []}, the
// answers being all of the internet that there is. Out: what each says of each credential.

const {answers, credentials} = JSON.parse(await new Response(process.stdin).text());

function answer(address) {
  if(!(address in answers)) {
    throw new Error(`NotFoundError: nothing is at ${address}`);
  }
  return answers[address];
}

// Before they are loaded, since they may keep it.
globalThis.fetch = async request => {
  const address = typeof request === 'string' ? request : request.url ?? String(request);
  const headers = {'content-type': 'application/json'};
  try {
    return new Response(JSON.stringify(answer(address)), {status: 200, headers});
  } catch{
    return new Response('{}', {status: 404, headers});
  }
};

const {DataIntegrityProof} = await import('@digitalbazaar/data-integrity');
const {cryptosuite} = await import('@digitalbazaar/eddsa-rdfc-2022-cryptosuite');
const vc = await import('@digitalbazaar/vc');
const {checkStatus} = await import('@digitalbazaar/vc-bitstring-status-list');
const {verifyCredential} = await import('@digitalcredentials/verifier-core');

// did:web, as its specification says: the document of a DID, or one of its keys.
async function documentLoader(url) {
  if(!url.startsWith('did:web:')) {
    return {contextUrl: null, documentUrl: url, document: answer(url)};
  }
  const [did, fragment] = url.split('#');
  const path = did.slice('did:web:'.length).split(':').map(decodeURIComponent).join('/');
  const document = answer(`https://${path}/did.json`);
  if(fragment === undefined) {
    return {contextUrl: null, documentUrl: url, document};
  }
  const method = document.verificationMethod.find(one => one.id === url);
  if(!method) {
    throw new Error(`NotFoundError: no key ${url}`);
  }
  const context = 'https://w3id.org/security/multikey/v1';
  return {contextUrl: null, documentUrl: url, document: {'@context': context, ...method}};
}

async function byDigitalBazaar(credential) {
  const suite = new DataIntegrityProof({cryptosuite});
  const said = await vc.verifyCredential({credential, suite, documentLoader, checkStatus});
  const status = said.statusResult?.results?.every(one => one.status === false);
  return {
    good: said.verified === true && status === true,
    why: String(said.error?.errors ?? said.error ?? said.statusResult?.error ?? '')
  };
}

async function byDcc(credential) {
  const said = await verifyCredential({credential, knownDIDRegistries: []});
  const steps = Object.fromEntries((said.log ?? []).map(one => [one.id, one]));
  return {
    good: !said.errors && steps.valid_signature?.valid === true &&
      steps.revocation_status?.valid === true,
    why: JSON.stringify(said.errors ?? said.log ?? null)
  };
}

const told = [];
for(const credential of credentials) {
  told.push({
    digitalbazaar: await byDigitalBazaar(structuredClone(credential)),
    dcc: await byDcc(structuredClone(credential))
  });
}
process.stdout.write(JSON.stringify(told));
