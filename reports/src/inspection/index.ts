export {
  inspectionReportIn,
  isInspectionReportAsIssued,
  makeInspectionReport,
  type InspectionReportOptions,
} from './inspection-report';
