import { findsNothingOfAnother } from './after-another';

findsNothingOfAnother();
