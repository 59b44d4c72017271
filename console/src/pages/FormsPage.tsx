import { templateKinds, type TemplateKind } from '@carbon-ledger/spreadsheets';
import { useState, type ReactElement } from 'react';
import { Link } from 'wouter';
import { useLanguage, useText } from '../app/language-context';
import { filingKinds, formTitle, methodologyChoices, templateFile, templateYears } from '../batch/workbook';
import { useRuleYear } from '../batch/use-rule-year';
import { Button } from '../parts/Button';
import { Loading } from '../parts/Loading';
import { saveFile } from '../parts/save-file';
import { TableHead } from '../parts/TableHead';
import { useTitle } from '../parts/use-title';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Every workbook that is filled in beside the console: of which rules and year, and where it is handed in. */
export function FormsPage(): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  useTitle(t('空白表格', 'Empty forms'));
  const choices = methodologyChoices();
  const [methodology, setMethodology] = useState(choices[0]?.id ?? '');
  const years = templateYears(methodology);
  const [asked, setYear] = useState('');
  const { year: usual, isPending } = useRuleYear(methodology);
  const year = years.includes(asked) ? asked : usual;
  return (
    <>
      <h1>{t('空白表格', 'Empty forms')}</h1>
      <p className="lead">
        {t(
          '列名可改、列可移动：表内有隐藏的版本与列标识。带 * 的列必填；单位和小数位以该年方法学为准。',
          'Headers may be renamed and columns moved: a hidden sheet knows them. Columns with * must be filled in; units and decimals are those of the methodology of the year.',
        )}
      </p>
      <div className="row no-print">
        <label htmlFor="forms-methodology">
          <span>{t('核算方法学', 'Methodology')}</span>
          <select
            id="forms-methodology"
            value={methodology}
            onChange={({ target }) => {
              setMethodology(target.value);
            }}
          >
            {choices.map(({ id, title }) => (
              <option key={id} value={id}>
                {title[language]}
              </option>
            ))}
          </select>
        </label>
        <label htmlFor="forms-year">
          <span>{t('年度', 'Year')}</span>
          <select
            id="forms-year"
            value={year}
            onChange={({ target }) => {
              setYear(target.value);
            }}
          >
            {years.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
      </div>
      {/* The names of forms are those of the year. */}
      {isPending ? <Loading /> : <FormTable year={year} methodology={methodology} />}
    </>
  );
}

interface TableProps {
  readonly year: string;
  readonly methodology: string;
}

function FormTable(props: TableProps): ReactElement {
  const t = useText();
  return (
    <div className="scroll">
      <table className="data" data-forms="">
        <TableHead
          titles={[t('表格', 'Form'), { action: t('下载', 'Download') }, t('填好后', 'Once it is filled in')]}
        />
        <tbody>
          {templateKinds.map((kind) => (
            <FormRow key={kind} kind={kind} {...props} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps extends TableProps {
  readonly kind: TemplateKind;
}

function FormRow({ kind, year, methodology }: RowProps): ReactElement {
  const { language } = useLanguage();
  const t = useText();
  const title = formTitle(kind, year, methodology)[language];
  return (
    <tr>
      <th scope="row">{title}</th>
      <td className="no-print">
        <Button
          aria-label={t(`下载 ${title}`, `Download ${title}`)}
          onClick={() => {
            saveFile(`${title}-${year}.xlsx`, templateFile(kind, year, methodology), XLSX);
          }}
        >
          {t('下载', 'Download')}
        </Button>
      </td>
      <td>
        <HandedIn kind={kind} />
      </td>
    </tr>
  );
}

/** Where a form goes: what it says becomes records, or it is compared with others. */
function HandedIn({ kind }: { readonly kind: TemplateKind }): ReactElement {
  const t = useText();
  if (filingKinds().some((one) => one.kind === kind))
    return <Link href={`/batch/${kind}`}>{t('导入并签署', 'Take it in and sign')}</Link>;
  return <Link href="/reconcile">{t('对账比对', 'Reconcile')}</Link>;
}
