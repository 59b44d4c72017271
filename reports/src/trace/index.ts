export { makeTraceReport, type TraceReportOptions } from './trace-report';
