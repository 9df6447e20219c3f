{{%AUTOESCAPE context="HTML"}}
{{>_sb_head}}
<title>Pay {{AMOUNT}} - sandbox card page</title>
</head>
<body>
<main id="main" class="wrap">
<h1>Pay {{AMOUNT}}</h1>
<p>{{PRODUCT}}</p>
{{#REFUSED}}<p role="alert" class="notice notice-error"><strong>{{REFUSAL}}</strong> No money was taken. You can try another card.</p>{{/REFUSED}}
{{#OPEN}}
<form method="post" action="/c/pay/{{SESSION}}">
<input type="hidden" name="csrf" value="{{CSRF}}">
<p>Receipt goes to {{EMAIL}}.</p>
<label for="card">Card number</label>
<input id="card" name="card" inputmode="numeric" autocomplete="off" value="4242 4242 4242 4242" aria-describedby="card-help">
<p id="card-help"><small>Test cards: 4242 4242 4242 4242 pays, 4000 0025 0000 3155 asks for 3-D Secure, 4000 0000 0000 0002 is declined.</small></p>
<button type="submit" name="action" value="pay">Pay {{AMOUNT}}</button>
<button type="submit" name="action" value="cancel" class="secondary">Back to the merchant</button>
</form>
{{/OPEN}}
{{#CLOSED}}
<p role="status">This payment page is closed. <a href="{{CANCEL_URL}}">Back to the merchant</a></p>
{{/CLOSED}}
{{>_sb_foot}}
