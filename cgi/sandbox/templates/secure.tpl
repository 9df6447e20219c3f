{{%AUTOESCAPE context="HTML"}}
{{>_sb_head}}
<title>Approve the payment - sandbox bank</title>
</head>
<body>
<main id="main" class="wrap">
<h1>Approve the payment</h1>
<p>Your bank asks you to confirm that it is you who pays.</p>
<form method="post" action="/c/3ds/{{SESSION}}">
<input type="hidden" name="csrf" value="{{CSRF}}">
<button type="submit" name="action" value="approve">Approve</button>
<button type="submit" name="action" value="refuse" class="secondary">Refuse</button>
</form>
{{>_sb_foot}}
