import { parentPort, workerData } from 'node:worker_threads';
import { answered, type PaperKind } from './maker';
import { loadReports, type PaperRequest } from './paper';

// Before anybody asks: a first PDF would wait as long for it as for three others.
if ((workerData as PaperKind) === 'pdf') void loadReports();

parentPort?.on('message', (request: PaperRequest) => {
  void answered(request).then((made) => parentPort?.postMessage(made));
});
