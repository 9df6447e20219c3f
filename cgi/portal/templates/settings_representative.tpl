{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Act for an organisation]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Act for an organisation]]</h1>
{{#NEWS_IS_ASKED}}
<p class="good" role="status">[[Noted. We compare it with the document and write to you. Until then nothing is shown.]]</p>
{{/NEWS_IS_ASKED}}
{{#NEWS_IS_SAME}}
<p class="good" role="status">[[You can act for this customer already.]]</p>
{{/NEWS_IS_SAME}}
<p class="lead">[[For who represents a company, a public institution or an association of owners by law or by a document. We look at the authority before you see anything.]]</p>
<form method="post" action="/{{LANG}}/settings/representative" enctype="multipart/form-data" novalidate>
{{>_form}}
{{>_field_client_code}}
{{>_field_invoice_no}}
<div class="field{{#NAME_ERROR}} bad{{/NAME_ERROR}}">
<label for="name">[[Your name]]</label>
<p class="hint" id="name-hint">[[As in the document.]]</p>
{{#NAME_ERROR}}
<p class="wrong" id="name-error">{{NAME_ERROR_TEXT}}</p>
{{/NAME_ERROR}}
<input type="text" id="name" name="name" value="{{NAME_VALUE}}" required maxlength="100" autocomplete="name" aria-describedby="name-hint{{#NAME_ERROR}} name-error{{/NAME_ERROR}}"{{#NAME_ERROR}} aria-invalid="true"{{/NAME_ERROR}}>
</div>
<div class="field{{#FUNCTION_ERROR}} bad{{/FUNCTION_ERROR}}">
<label for="function">[[Your function]]</label>
<p class="hint" id="function-hint">[[Such as administrator, director, head of accounting.]]</p>
{{#FUNCTION_ERROR}}
<p class="wrong" id="function-error">{{FUNCTION_ERROR_TEXT}}</p>
{{/FUNCTION_ERROR}}
<input type="text" id="function" name="function" value="{{FUNCTION_VALUE}}" required maxlength="100" autocomplete="organization-title" aria-describedby="function-hint{{#FUNCTION_ERROR}} function-error{{/FUNCTION_ERROR}}"{{#FUNCTION_ERROR}} aria-invalid="true"{{/FUNCTION_ERROR}}>
</div>
<div class="field{{#AUTHORITY_ERROR}} bad{{/AUTHORITY_ERROR}}">
<label for="authority">[[What gives you the authority?]]</label>
<p class="hint" id="authority-hint">[[Kind, number and date of the document; if you do not send it below, how we got it.]]</p>
{{#AUTHORITY_ERROR}}
<p class="wrong" id="authority-error">{{AUTHORITY_ERROR_TEXT}}</p>
{{/AUTHORITY_ERROR}}
<input type="text" id="authority" name="authority" value="{{AUTHORITY_VALUE}}" required maxlength="300" autocomplete="off" aria-describedby="authority-hint{{#AUTHORITY_ERROR}} authority-error{{/AUTHORITY_ERROR}}"{{#AUTHORITY_ERROR}} aria-invalid="true"{{/AUTHORITY_ERROR}}>
</div>
<div class="field{{#DOCUMENT_ERROR}} bad{{/DOCUMENT_ERROR}}">
<label for="document">[[The document]] <span class="quiet">[[(may be left out)]]</span></label>
<p class="hint" id="document-hint">[[PDF, JPEG or PNG, 5 MB at most.]]{{#HAS_ERRORS}} [[Choose it again: the browser forgets it.]]{{/HAS_ERRORS}}</p>
{{#DOCUMENT_ERROR}}
<p class="wrong" id="document-error">{{DOCUMENT_ERROR_TEXT}}</p>
{{/DOCUMENT_ERROR}}
<input type="file" id="document" name="document" accept="application/pdf,image/jpeg,image/png" aria-describedby="document-hint{{#DOCUMENT_ERROR}} document-error{{/DOCUMENT_ERROR}}"{{#DOCUMENT_ERROR}} aria-invalid="true"{{/DOCUMENT_ERROR}}>
</div>
<p class="actions"><button type="submit">[[Send for review]]</button></p>
</form>
</main>
{{>_foot}}
