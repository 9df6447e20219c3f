{{SUBJECT}}

[[Your reading of the meter {{SERIAL}}, read on {{READ_ON}}, was received. Its number is {{REFERENCE}}.]]

{{#READINGS}}- {{#OF_ONE}}[[Index: {{INDEX}} {{UNIT}}]]{{/OF_ONE}}{{#OF_DAY}}[[Day: {{INDEX}} {{UNIT}}]]{{/OF_DAY}}{{#OF_NIGHT}}[[Night: {{INDEX}} {{UNIT}}]]{{/OF_NIGHT}}{{#OF_IMPORT}}[[Taken from the network: {{INDEX}} {{UNIT}}]]{{/OF_IMPORT}}{{#OF_EXPORT}}[[Fed into the network: {{INDEX}} {{UNIT}}]]{{/OF_EXPORT}}
{{/READINGS}}
{{#COUNTS}}[[The next bill uses it. You can correct it until the reading period ends or a bill has used it.]]
{{/COUNTS}}{{#IN_CHECK}}[[Something about it is unusual, so one of us looks at it before a bill uses it. If it was a mistake, you can correct it until the reading period ends.]]
{{/IN_CHECK}}{{#FOR_INFORMATION}}[[It came outside of the reading period: it is kept for information, and no bill uses it.]]
{{/FOR_INFORMATION}}
[[If it was not you who sent it, tell us.]]

{{>_mail_foot}}
