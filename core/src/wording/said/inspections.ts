/** Of inspections: why a pack, findings or a report are not taken. */
export const saidOfInspections: Readonly<Record<string, string>> = {
  '{} is not among what was read: make the pack for this plan': '{1} 不在已读取的内容之中：请为该计划生成检查包',
  '{} is not among what was read': '{1} 不在已读取的内容之中',
  'a seed is 32 bytes in hex': '种子为 32 字节的十六进制数',
  '--size {}: only {} can be drawn': '抽取 {1} 个：至多可抽 {2} 个',
  'the plan is still under seal: give its --seed, or wait': '计划尚未启封：请给出其种子，或等待启封',
  'the seed is not what the plan committed to': '种子与计划承诺的不符',
  'the seed draws {}, not {}': '该种子抽得 {1}，不是 {2}',
  'they are no findings of an inspection': '不是检查问题文件',
  'these findings are about another ledger: {}': '这些检查问题属于另一账本：{1}',
  '{} is no comparison of a folder': '{1} 不是文件夹比对结果',
  'not an instant': '不是时刻',
  'it is no report of an inspection': '不是检查报告',
  '{} is no key of {}': '{1} 不是 {2} 的密钥',
  'the report names it and has no receipt of it': '报告提到它，却没有它的回执',
  'the report does not hold': '报告不成立',
};
