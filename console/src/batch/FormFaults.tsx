import { faultHeaders, faultLine, type FiledForm } from '@carbon-ledger/spreadsheets';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useLanguage, useText } from '../app/language-context';
import { saveFile } from '../parts/save-file';
import { TableHead } from '../parts/TableHead';
import { faultFile } from './workbook';
import { counted } from '../words/counted';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Every fault at its cell: what stands there, what should, what to do. */
export function FormFaults({ form }: { readonly form: FiledForm }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const { faults } = form;
  return (
    <section role="alert">
      <p className="tag bad">
        {t(`✕ ${String(faults.length)} 个单元格需要更正`, `✕ ${counted(faults.length, 'cell')} to correct`)}
      </p>
      <div className="scroll">
        <table className="data" data-faults="">
          <TableHead titles={faultHeaders(language)} />
          <tbody>
            {faults.map((fault) => (
              <tr key={`${fault.sheet} ${fault.cell} ${fault.code} ${fault.message}`}>
                {faultLine(fault, language).map((text, at) => (
                  <td key={String(at)}>{text}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Button
        onClick={() => {
          saveFile(t('需更正的单元格.xlsx', 'cells-to-correct.xlsx'), faultFile(form, language), XLSX);
        }}
      >
        {t('下载错误清单（.xlsx）', 'Download this list (.xlsx)')}
      </Button>
    </section>
  );
}
