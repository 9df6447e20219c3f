{{%AUTOESCAPE context="HTML"}}
{{! What became of an index that does not count, with the reason. }}
{{#STATE_IN_CHECK}}[[index|in check]]{{/STATE_IN_CHECK}}{{#STATE_REPLACED}}[[index|replaced]]{{/STATE_REPLACED}}{{#STATE_REFUSED}}[[index|refused]]{{/STATE_REFUSED}}{{#STATE_INFO}}[[index|for information]]{{/STATE_INFO}}{{#HAS_REASON}}: {{REASON}}{{/HAS_REASON}}
