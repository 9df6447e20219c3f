{{%AUTOESCAPE context="HTML"}}
<!doctype html>
<html lang="{{LANG}}">
<head>
<meta charset="utf-8">
<title>{{#HAS_ERRORS}}Error: {{/HAS_ERRORS}}{{GREETING}}</title>
</head>
<body>
<main id="main">
<h1>{{GREETING}}</h1>
<p><a href="{{LANG_RO_URL}}">RO</a></p>
{{>_errors}}
<form method="post">
{{>_form}}
<input name="payment_code" id="payment_code" value="{{PAYMENT_CODE_VALUE}}"{{#PAYMENT_CODE_INVALID}} aria-invalid="true"{{/PAYMENT_CODE_INVALID}}>
{{#PAYMENT_CODE_ERROR}}<p>{{PAYMENT_CODE_ERROR_TEXT}}</p>{{/PAYMENT_CODE_ERROR}}
<input name="email" id="email" value="{{EMAIL_VALUE}}">
{{#EMAIL_ERROR}}<p>{{EMAIL_ERROR_TEXT}}</p>{{/EMAIL_ERROR}}
<input name="amount" id="amount" value="{{AMOUNT_VALUE}}">
{{#AMOUNT_ERROR}}<p>{{AMOUNT_ERROR_TEXT}}</p>{{/AMOUNT_ERROR}}
<input type="radio" name="choice" value="total" id="choice"{{#CHOICE_IS_TOTAL}} checked{{/CHOICE_IS_TOTAL}}>
<input type="radio" name="choice" value="other"{{#CHOICE_IS_OTHER}} checked{{/CHOICE_IS_OTHER}}>
<input type="checkbox" name="terms" value="1"{{#TERMS_IS_ON}} checked{{/TERMS_IS_ON}}>
{{#ITEM_ERROR}}<p id="item">{{ITEM_ERROR_TEXT}}</p>{{/ITEM_ERROR}}
<input name="note" value="{{NOTE_VALUE}}">
<button>Go</button>
</form>
</main>
</body>
</html>
