{{%AUTOESCAPE context="HTML"}}
{{#REG_SINGLE}}[[register|Index]]{{/REG_SINGLE}}{{#REG_DAY}}[[register|Day]]{{/REG_DAY}}{{#REG_NIGHT}}[[register|Night]]{{/REG_NIGHT}}{{#REG_IMPORT}}[[register|Taken from the network]]{{/REG_IMPORT}}{{#REG_EXPORT}}[[register|Fed into the network]]{{/REG_EXPORT}}
