### O portal em português do Brasil.

language-name = Português (Brasil)
persona-language = pt-BR

## Em todas as páginas

skip = Ir para o conteúdo
links = Ajuda e privacidade
languages = Idioma
help = Obter ajuda
privacy = Privacidade
try-again = Tentar de novo

home-title = Verificação de identidade
home-text = Para continuar sua verificação para { $company }, abra o link pessoal que você recebeu. Se não o tem mais, peça um novo a { $company }.

## A página de um link

welcome-title = Continue sua verificação
welcome-text = { $company } pede que você termine de confirmar sua identidade. Você pode continuar de onde parou.
welcome-elsewhere = Este link já foi aberto em outro dispositivo. Para continuar aqui, confirme sua data de nascimento.
step-time = { $plural ->
    [one] Leva cerca de { $minutes } minuto.
   *[other] Leva cerca de { $minutes } minutos.
}
step-document = Tenha seu documento de identidade à mão e boa luz para a câmera.
step-progress = O que você já fez fica guardado. Você pode parar a qualquer momento.
step-until = Seu link funciona até { $until }.
continue = Continuar a verificação
birthdate = Data de nascimento
birthdate-why = Só para termos certeza de que é você. Ela é comparada e não fica guardada.

## Em que ponto está a visita

stage-working = Abrindo sua verificação…
stage-loading = Carregando. Isso pode levar um momento.
stage-checking = Consultando o resultado…
stage-waiting = Obrigado. O resultado ainda não chegou. Você pode consultar de novo daqui a pouco ou fechar esta página.
stage-offline = Não é possível falar conosco agora. Confira sua conexão e tente de novo. Nada se perde.
stage-cancelled = Você saiu da verificação. O que você fez fica guardado; continue quando quiser.
stage-session-lost = A verificação perdeu a conexão com você. Pressione o botão para continuar de onde parou.
stage-flow-error = A verificação parou por causa de um erro. Tente de novo ou use uma das outras opções abaixo.
stage-camera-denied = Não foi possível usar a câmera. Permita o uso nas configurações do navegador e tente de novo, ou continue no celular.
stage-frame-stalled = Está demorando mais do que deveria. Você pode esperar ou usar uma das outras opções.
stage-script-blocked = Seu navegador não deixou a verificação começar. Desative os bloqueadores de conteúdo nesta página ou use uma das outras opções abaixo.
stage-factor-needed = Informe sua data de nascimento para continuar.
stage-factor-wrong = Essa data não é a que conhecemos. Confira e tente de novo.
stage-too-many = Foram tentativas demais. Espere um minuto e tente de novo.
stage-persona-unavailable = O serviço de verificação não está respondendo agora. Tente de novo em um minuto. Seu link continua válido e nada se perde.
stage-internal = Algo falhou do nosso lado. Tente de novo em um minuto. Seu link continua válido e nada se perde.

## Outras opções

hosted = Abrir em página inteira
phone = Continuar no celular
check-again = Consultar de novo
dialog-title = Verificação de identidade
close = Fechar
phone-title = Continue no seu celular
phone-text = { $plural ->
    [one] Aponte a câmera do celular para o código e abra o link. Ele funciona por { $minutes } minuto, em um só celular.
   *[other] Aponte a câmera do celular para o código e abra o link. Ele funciona por { $minutes } minutos, em um só celular.
}
phone-code = Código QR que abre sua verificação em um celular
phone-done = Já terminei no celular
phone-back = Continuar neste dispositivo

## O resultado

leave = Voltar para { $company }
next = Continuar
completed-title = Você terminou
completed-text = Obrigado. { $company } recebeu sua verificação e não há mais nada a fazer aqui.
in-review-title = Sua verificação está em análise
in-review-text = Obrigado. { $company } está analisando e vai entrar em contato com você. Não há mais nada a fazer aqui.
approved-title = Sua identidade foi verificada
approved-text = Obrigado. Sua identidade está confirmada e { $company } já sabe.
declined-title = Sua verificação não foi aceita
declined-text = { $company } não pôde aceitar esta verificação. Para saber o motivo e o que você pode fazer, entre em contato com { $company }.
failed-title = Sua verificação não deu certo
failed-text = Não foi possível confirmar sua identidade. Entre em contato com { $company }; uma nova verificação pode ser iniciada para você.
redacted-title = Esta verificação foi excluída
redacted-text = Os dados foram removidos a pedido e, por isso, não é possível continuar. Se { $company } ainda precisar verificar você, peça um novo link.
unfinished-title = Sua verificação ainda não terminou
unfinished-text = O que você fez fica guardado. Você pode continuar de onde parou.

## O que impede

unknown-link-title = Esta página não existe
unknown-link-text = O endereço não está completo ou nunca foi um link nosso.
unknown-link-next = Abra de novo o link da sua mensagem. Se isso não ajudar, peça um novo a { $company }.
link-expired-title = Este link expirou
link-expired-text = Para sua segurança, um link só funciona por tempo limitado.
link-expired-next = Peça um novo link a { $company }. O que você já fez fica guardado.
link-revoked-title = Este link não é mais válido
link-revoked-text = { $company } o substituiu ou cancelou.
link-revoked-next = Use o link mais recente que você recebeu ou peça um novo a { $company }.
other-device-title = Este link pertence a outro dispositivo
other-device-text = Para sua segurança, um link só funciona no dispositivo e no navegador em que foi usado pela primeira vez.
other-device-next = Continue por lá ou peça um novo link a { $company }.
factor-needed-title = Confirme que é você
factor-needed-text = Este link pede sua data de nascimento.
factor-needed-next = Abra de novo o link da sua mensagem e informe a data.
factor-wrong-title = Essa não era a data certa
factor-wrong-text = A data de nascimento não é a que conhecemos.
factor-wrong-next = Abra de novo o link da sua mensagem e tente mais uma vez.
factor-locked-title = Este link está bloqueado
factor-locked-text = Uma data de nascimento errada foi informada vezes demais.
factor-locked-next = Peça um novo link a { $company }. O que você já fez fica guardado.
settled-title = Esta verificação terminou
settled-text = Não há mais nada a fazer aqui.
settled-next = Se você acha que isso é um engano, entre em contato com { $company }.
not-resumable-title = Não é possível continuar esta verificação
not-resumable-text = O serviço de verificação não permite abri-la de novo.
not-resumable-next = Entre em contato com { $company }; uma nova verificação pode ser iniciada para você.
foreign-origin-title = Este pedido veio de outro lugar
foreign-origin-text = Para sua segurança, só aceitamos o que é enviado das nossas próprias páginas.
foreign-origin-next = Abra de novo o link da sua mensagem.
bad-request-title = Não foi possível ler este pedido
bad-request-text = Falta algo nele ou ele está danificado.
bad-request-next = Abra de novo o link da sua mensagem.
too-long-title = Isto é longo demais
too-long-text = Foi enviado mais do que qualquer uma das nossas páginas pede.
too-long-next = Abra de novo o link da sua mensagem.
too-many-title = Um momento, por favor
too-many-text = Houve pedidos demais vindos da sua conexão.
too-many-next = Espere um minuto e tente de novo. Nada se perde.
persona-unavailable-title = O serviço de verificação não responde
persona-unavailable-text = Não conseguimos falar com o serviço que { $company } usa para verificar.
persona-unavailable-next = Tente de novo em um minuto. Seu link continua válido e nada se perde.
internal-title = Algo falhou do nosso lado
internal-text = Registramos o que aconteceu.
internal-next = Tente de novo em um minuto. Seu link continua válido e nada se perde.

## Um novo link

recover = Enviar um novo link
recover-title = Receba um novo link
recover-text = Se seu link não funciona mais ou você o perdeu, podemos enviar outro. Ele vai só para o e-mail ou o número de telefone que você informou para sua verificação.
recover-label = Sua referência ou o link antigo
recover-hint = Por exemplo, seu número de cliente, o número da sua verificação ou o endereço completo do link que você recebeu.
recover-empty = Informe sua referência ou o link antigo.
recover-off = Não é possível pedir novos links aqui. Peça um a { $company }.
recover-sent-title = Veja suas mensagens
recover-sent-text = Se o que você informou pertence a uma verificação para { $company } que não terminou, um novo link está a caminho. Ele vai para o contato que você informou e chega em poucos minutos.
recover-sent-next = Para sua segurança, não podemos dizer aqui se existe alguma. Se nada chegar, veja a pasta de spam ou pergunte a { $company }.
recover-again = Informar outra coisa

## O e-mail que traz um link

mail-subject = Continue sua verificação com { $company }
mail-text = { $company } pede que você termine de confirmar sua identidade. Você pode continuar de onde parou. Abra este link:
mail-hours = { $plural ->
    [one] O link vale por { $hours } hora (até { $until }), em um só dispositivo.
   *[other] O link vale por { $hours } horas (até { $until }), em um só dispositivo.
}
mail-days = { $plural ->
    [one] O link vale por { $days } dia (até { $until }), em um só dispositivo.
   *[other] O link vale por { $days } dias (até { $until }), em um só dispositivo.
}
mail-safety = O link é só para você: não o repasse. Se você não esperava esta mensagem, pergunte a { $company } antes de abri-lo.
reminder-subject = Sua verificação com { $company } ainda não terminou
reminder-text = Há algum tempo, você começou a confirmar sua identidade para { $company }. O que você fez fica guardado. Abra este link para continuar:
recovery-subject = Seu novo link de { $company }
recovery-text = Você pediu um novo link para sua verificação com { $company }. Você pode continuar de onde parou. Abra este link:

## O mesmo em poucas palavras, antes do link

sms-text = { $company }: continue sua verificação:
sms-reminder = { $company }: sua verificação ainda não terminou. Continue aqui:
sms-recovery = { $company }: aqui está o novo link que você pediu:
