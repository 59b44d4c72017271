import type { z } from 'zod';
import { agendaRoutes } from './agenda';
import { disclosureRoutes } from './disclosure';
import { draftRoutes } from './drafts';
import { graphRoutes } from './graph';
import { impactRoutes } from './impact';
import { logRoutes } from './log';
import { operateRoutes } from './operate';
import { proofRoutes } from './proofs';
import { readsRoutes } from './reads';
import { recordRoutes } from './records';
import { retentionRoutes } from './retention';
import { screeningRoutes } from './screening';
import { sessionRoutes } from './sessions';
import { submissionRoutes } from './submissions';
import { webhookRoutes } from './webhooks';

/** Every route of the service, once. */
export const routes = {
  ...sessionRoutes,
  ...submissionRoutes,
  ...recordRoutes,
  ...agendaRoutes,
  ...draftRoutes,
  ...proofRoutes,
  ...impactRoutes,
  ...screeningRoutes,
  ...disclosureRoutes,
  ...graphRoutes,
  ...logRoutes,
  ...retentionRoutes,
  ...webhookRoutes,
  ...readsRoutes,
  ...operateRoutes,
};

export type Routes = typeof routes;
export type RouteName = keyof Routes;
export type ParamsIn<Name extends RouteName> = z.input<Routes[Name]['params']>;
export type QueryIn<Name extends RouteName> = z.input<Routes[Name]['query']>;
export type BodyIn<Name extends RouteName> = z.input<Routes[Name]['body']>;
export type ParamsOf<Name extends RouteName> = z.output<Routes[Name]['params']>;
export type QueryOf<Name extends RouteName> = z.output<Routes[Name]['query']>;
export type BodyOf<Name extends RouteName> = z.output<Routes[Name]['body']>;
export type AnswerOf<Name extends RouteName> = z.output<Routes[Name]['answer']>;

export { defineRoute, fillPath, type Access, type Caching, type MediaType, type Method, type RouteSpec } from './route';
export type { Completeness, Conduct, InstitutionView, KeyEmitter, PublishedAssessment } from './disclosure';
export type { DraftView } from './drafts';
export type { ActionView, DutyView } from './agenda';
export { impactRow, type ImpactRow } from './impact';
export { recordEvent, type RecordEvent } from './log';
export { verdict, type VerificationAnswer, type VerificationItem } from './proofs';
export type { PartyView } from './records';
export { problem, type AnchoredRecordView, type Problem } from './schemas';
export type { Challenge } from './sessions';
export type { WebhookView } from './webhooks';
export { problemsOf } from './problems';
export type { CommittedSubmission, ReceiptView, SubmissionStatus } from './models';
