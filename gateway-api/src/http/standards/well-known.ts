import type { Express, Request, Response } from 'express';
import { sendTagged } from '../send-reply';

/** RFC 9727: where a program that knows nothing but the host finds the interface, its documents and the public log. */
const API_CATALOG = {
  linkset: [
    {
      anchor: '/',
      'service-desc': [{ href: '/openapi.json', type: 'application/json' }],
      'service-doc': [{ href: '/docs', type: 'text/html' }],
      status: [{ href: '/readyz', type: 'application/json' }],
      item: [{ href: '/log/checkpoint', type: 'text/plain', title: 'C2SP tlog-tiles prefix: /log/' }],
    },
  ],
};
const LINKSET = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"';

const CATALOG_PATH = '/.well-known/api-catalog';

export function addWellKnown(app: Express): void {
  app.get(CATALOG_PATH, (request: Request, response: Response) => {
    response.setHeader('content-type', LINKSET);
    response.setHeader('cache-control', 'public, max-age=86400');
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('link', `<${CATALOG_PATH}>; rel="api-catalog"`);
    sendTagged(JSON.stringify(API_CATALOG), request, response);
  });
}
