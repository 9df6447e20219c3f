{{%AUTOESCAPE context="HTML"}}
{{#KIND_ELECTRICITY}}[[meter|electricity]]{{/KIND_ELECTRICITY}}{{#KIND_GAS}}[[meter|gas]]{{/KIND_GAS}}{{#KIND_WATER}}[[meter|water]]{{/KIND_WATER}}{{#KIND_HEAT}}[[meter|heat]]{{/KIND_HEAT}}
