{{%AUTOESCAPE context="HTML"}}
{{! The form that sends an index; what is wrong or doubtful stands at its
  field with the numbers. }}
<form method="post" action="/{{LANG}}/meters/{{METER_ID}}/reading" enctype="multipart/form-data" novalidate>
{{>_form}}
<input type="hidden" name="once_key" value="{{ONCE_KEY}}">
<input type="hidden" name="doubted" value="{{DOUBTED}}">
{{#FOR_INFORMATION}}
<p class="warn">[[It is not the reading period: we keep what you send for information, and no bill uses it.]]</p>
{{/FOR_INFORMATION}}
{{#SWAP_DAY_NIGHT}}
<p class="warn">[[Day and night fit better the other way round. Compare them with the meter.]]</p>
{{/SWAP_DAY_NIGHT}}
{{#SWAP_DIRECTION}}
<p class="warn">[[What was taken from the network and what was fed into it fit better the other way round. Compare them with the meter.]]</p>
{{/SWAP_DIRECTION}}
{{#FIELDS}}
<div class="field{{#WRONG}} bad{{/WRONG}}">
<label for="{{FIELD_NAME}}">{{>_meter_register}} ({{UNIT}})</label>
<p class="hint" id="{{FIELD_NAME}}-hint">{{#HAS_BEFORE}}[[Index before: {{BEFORE}} on {{BEFORE_ON}}.]] {{/HAS_BEFORE}}[[DIGITS: {{DIGITS}} digit | {{DIGITS}} digits]]{{#HAS_DECIMALS}}, [[DECIMALS: {{DECIMALS}} decimal at most | {{DECIMALS}} decimals at most]]{{/HAS_DECIMALS}}</p>
{{#WRONG}}
<p class="wrong" id="{{FIELD_NAME}}-error">{{WRONG_TEXT}}{{#SAY_LAST}} [[The last one was {{BEFORE}} on {{BEFORE_ON}}. If the meter was exchanged, call us.]]{{/SAY_LAST}}{{#SAY_DIGITS}} [[DIGITS: The dial has {{DIGITS}} digit. | The dial has {{DIGITS}} digits.]]{{/SAY_DIGITS}}</p>
{{/WRONG}}
{{#SAY_ESTIMATE}}
<p class="warn" id="{{FIELD_NAME}}-doubt">[[This is below {{BEFORE}}, which we estimated for {{BEFORE_ON}}. If the meter shows it, it is right, and we correct the estimate.]]</p>
{{/SAY_ESTIMATE}}
{{#SAY_ZERO}}
<p class="warn" id="{{FIELD_NAME}}-doubt">[[This is the last index: nothing was used since {{BEFORE_ON}}.]]</p>
{{/SAY_ZERO}}
{{#SAY_LOW}}
<p class="warn" id="{{FIELD_NAME}}-doubt">[[FOUND_DAYS: That is {{FOUND_USE}} {{UNIT}} in {{FOUND_DAYS}} day, {{FOUND_DAY}} {{UNIT}} a day: less than a quarter of the usual {{FOUND_USUAL}} {{UNIT}} a day. | That is {{FOUND_USE}} {{UNIT}} in {{FOUND_DAYS}} days, {{FOUND_DAY}} {{UNIT}} a day: less than a quarter of the usual {{FOUND_USUAL}} {{UNIT}} a day.]]</p>
{{/SAY_LOW}}
{{#SAY_HIGH}}
<p class="warn" id="{{FIELD_NAME}}-doubt">[[FOUND_DAYS: That is {{FOUND_USE}} {{UNIT}} in {{FOUND_DAYS}} day, {{FOUND_DAY}} {{UNIT}} a day: more than four times the usual {{FOUND_USUAL}} {{UNIT}} a day. | That is {{FOUND_USE}} {{UNIT}} in {{FOUND_DAYS}} days, {{FOUND_DAY}} {{UNIT}} a day: more than four times the usual {{FOUND_USUAL}} {{UNIT}} a day.]]</p>
{{/SAY_HIGH}}
{{#SAY_VERY_HIGH}}
<p class="warn" id="{{FIELD_NAME}}-doubt">[[FOUND_DAYS: That is {{FOUND_USE}} {{UNIT}} in {{FOUND_DAYS}} day, {{FOUND_DAY}} {{UNIT}} a day: more than ten times the usual {{FOUND_USUAL}} {{UNIT}} a day. | That is {{FOUND_USE}} {{UNIT}} in {{FOUND_DAYS}} days, {{FOUND_DAY}} {{UNIT}} a day: more than ten times the usual {{FOUND_USUAL}} {{UNIT}} a day.]]</p>
{{/SAY_VERY_HIGH}}
<input class="short" id="{{FIELD_NAME}}" name="{{FIELD_NAME}}" value="{{FIELD_VALUE}}" required inputmode="decimal" autocomplete="off" maxlength="{{FIELD_MAX}}" aria-describedby="{{FIELD_NAME}}-hint{{#WRONG}} {{FIELD_NAME}}-error{{/WRONG}}{{#DOUBT}} {{FIELD_NAME}}-doubt{{/DOUBT}}"{{#WRONG}} aria-invalid="true"{{/WRONG}}>
</div>
{{/FIELDS}}
<div class="field{{#READ_ON_ERROR}} bad{{/READ_ON_ERROR}}">
<label for="read_on">[[Read on]]</label>
{{#READ_ON_ERROR}}
<p class="wrong" id="read_on-error">{{READ_ON_ERROR_TEXT}}{{#SAY_LAST_DAY}} [[The last index is of {{LAST_DAY}}.]]{{/SAY_LAST_DAY}}{{#SAY_TODAY}} [[Today is {{TODAY}}.]]{{/SAY_TODAY}}{{#SAY_OPENS}} [[It began on {{OPENS_ON}}.]]{{/SAY_OPENS}}</p>
{{/READ_ON_ERROR}}
<input class="short" type="date" id="read_on" name="read_on" value="{{READ_ON_VALUE}}" max="{{TODAY_ISO}}" autocomplete="off" inputmode="numeric"{{#READ_ON_ERROR}} aria-describedby="read_on-error" aria-invalid="true"{{/READ_ON_ERROR}}>
</div>
{{#ASK_SURE}}
<div class="field bad">
<p class="wrong" id="sure-error">{{SURE_ERROR_TEXT}}</p>
<label for="sure"><input type="checkbox" id="sure" name="sure" value="1" aria-describedby="sure-error" aria-invalid="true"> [[Yes, it is right]]</label>
</div>
{{/ASK_SURE}}
{{#ASK_AGAIN}}
<input type="hidden" name="sure" value="1">
<div class="field bad">
<p class="wrong" id="sure_again-error">{{SURE_AGAIN_ERROR_TEXT}}</p>
<label for="sure_again"><input type="checkbox" id="sure_again" name="sure_again" value="1" aria-describedby="sure_again-error" aria-invalid="true"> [[I have compared it: the meter shows this]]</label>
</div>
{{/ASK_AGAIN}}
{{#ASK_PHOTO}}
<div class="field{{#PHOTO_ERROR}} bad{{/PHOTO_ERROR}}">
<label for="photo">[[A photo of the meter]] <span class="quiet">[[(may be left out)]]</span></label>
<p class="hint" id="photo-hint">[[It helps who checks the index. PDF, JPEG or PNG, 5 MB at most.]]</p>
{{#PHOTO_ERROR}}
<p class="wrong" id="photo-error">{{PHOTO_ERROR_TEXT}}</p>
{{/PHOTO_ERROR}}
<input type="file" id="photo" name="photo" accept="image/jpeg,image/png,application/pdf" aria-describedby="photo-hint{{#PHOTO_ERROR}} photo-error{{/PHOTO_ERROR}}"{{#PHOTO_ERROR}} aria-invalid="true"{{/PHOTO_ERROR}}>
</div>
{{/ASK_PHOTO}}
<p class="actions"><button type="submit">[[Send the index]]</button></p>
</form>
