import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Router } from 'wouter';
import { languageTag, type Language } from '../language/language';
import { HomePage } from '../pages/HomePage';
import { Loading } from '../parts/Loading';
import { LanguageContext } from './language-context';
import { queries } from './queries';
import { Shell } from './Shell';

/* Asked while the console is built: what a page shows until its scripts have run. */

type Place = 'home' | 'page';

function EarlyView({ language, place }: { readonly language: Language; readonly place: Place }): ReactElement {
  return (
    <LanguageContext value={{ language, choose: () => undefined }}>
      <QueryClientProvider client={queries}>
        <Router ssrPath={place === 'home' ? '/' : '/early'} ssrSearch="">
          <Shell>{place === 'home' ? <HomePage /> : <Loading />}</Shell>
        </Router>
      </QueryClientProvider>
    </LanguageContext>
  );
}

/** Names are left to the console itself, and what React marks for a reader that goes on, which none does here. */
function plain(markup: string): string {
  return markup
    .replaceAll(/ (?:id|for|role|aria-live|tabindex)="[^"]*"/g, '')
    .replaceAll(/<!--[^>]*-->|<template[^>]*><\/template>/g, '');
}

/** The home and the frame of every other page, in both languages; `early.ts` chooses one, and nothing of it can be used yet. */
export function earlyViews(): string {
  const views = (['zh', 'en'] as const).flatMap((language) =>
    (['home', 'page'] as const).map((place) => {
      const markup = renderToStaticMarkup(<EarlyView language={language} place={place} />);
      return `<div lang="${languageTag(language)}" data-place="${place}">${plain(markup)}</div>`;
    }),
  );
  return `<div class="early" inert>${views.join('')}</div>`;
}
