{{%AUTOESCAPE context="HTML"}}
{{#WAY_READ}}[[read by us]]{{/WAY_READ}}{{#WAY_SELF}}[[sent by you]]{{/WAY_SELF}}{{#WAY_ESTIMATED}}[[estimated]]{{/WAY_ESTIMATED}}{{#WAY_SMS}}[[sent by SMS]]{{/WAY_SMS}}{{#WAY_FILE}}[[sent in a file]]{{/WAY_FILE}}{{#WAY_GUEST}}[[sent without log-in]]{{/WAY_GUEST}}{{#WAY_OFFICE}}[[told to us]]{{/WAY_OFFICE}}
