### El portal en español.

language-name = Español
persona-language = es-MX

## En todas las páginas

skip = Ir al contenido
links = Ayuda y privacidad
languages = Idioma
help = Obtener ayuda
privacy = Privacidad
try-again = Volver a intentar

home-title = Verificación de identidad
home-text = Para continuar su verificación para { $company }, abra el enlace personal que recibió. Si ya no lo tiene, pida uno nuevo a { $company }.

## La página de un enlace

welcome-title = Continúe su verificación
welcome-text = { $company } le pide que termine de confirmar su identidad. Puede seguir donde lo dejó.
welcome-elsewhere = Este enlace ya se abrió en otro dispositivo. Para seguir aquí, confirme su fecha de nacimiento.
step-time = { $plural ->
    [one] Tarda alrededor de un minuto.
   *[other] Tarda unos { $minutes } minutos.
}
step-document = Tenga a mano su documento de identidad y buena luz para la cámara.
step-progress = Lo que ya hizo se conserva. Puede parar en cualquier momento.
step-until = Su enlace funciona hasta el { $until }.
continue = Continuar la verificación
birthdate = Fecha de nacimiento
birthdate-why = Solo para asegurarnos de que es usted. Se compara y no se guarda.

## En qué punto está la visita

stage-working = Abriendo su verificación…
stage-loading = Cargando. Puede tardar un momento.
stage-checking = Comprobando el resultado…
stage-waiting = Gracias. El resultado aún no está. Puede comprobarlo de nuevo en un momento o cerrar esta página.
stage-offline = No podemos conectar en este momento. Revise su conexión y vuelva a intentarlo. No se pierde nada.
stage-cancelled = Ha salido de la verificación. Lo que hizo se conserva; continúe cuando quiera.
stage-session-lost = La verificación perdió la conexión con usted. Pulse el botón para seguir donde lo dejó.
stage-flow-error = La verificación se detuvo por un error. Vuelva a intentarlo o use una de las otras opciones.
stage-camera-denied = No se pudo usar la cámara. Permítala en los ajustes del navegador y vuelva a intentarlo, o continúe en su teléfono.
stage-frame-stalled = Está tardando más de lo normal. Puede esperar o usar una de las otras opciones.
stage-script-blocked = Su navegador no dejó iniciar la verificación. Desactive los bloqueadores de contenido para esta página o use una de las otras opciones.
stage-factor-needed = Introduzca su fecha de nacimiento para continuar.
stage-factor-wrong = Esa fecha no es la que conocemos. Revísela y vuelva a intentarlo.
stage-too-many = Demasiados intentos seguidos. Espere un minuto y vuelva a intentarlo.
stage-persona-unavailable = El servicio de verificación no responde ahora. Vuelva a intentarlo en un minuto. Su enlace sigue siendo válido y no se pierde nada.
stage-internal = Algo falló por nuestra parte. Vuelva a intentarlo en un minuto. Su enlace sigue siendo válido y no se pierde nada.

## Otras opciones

hosted = Abrir en página completa
phone = Continuar en el teléfono
check-again = Comprobar de nuevo
dialog-title = Verificación de identidad
close = Cerrar
phone-title = Continúe en su teléfono
phone-text = { $plural ->
    [one] Apunte la cámara del teléfono al código y abra el enlace. Funciona durante un minuto, en un solo teléfono.
   *[other] Apunte la cámara del teléfono al código y abra el enlace. Funciona durante { $minutes } minutos, en un solo teléfono.
}
phone-code = Código QR que abre su verificación en un teléfono
phone-done = Ya terminé en el teléfono
phone-back = Continuar en este dispositivo

## El resultado

leave = Volver a { $company }
next = Continuar
completed-title = Ha terminado
completed-text = Gracias. { $company } ha recibido su verificación y no tiene que hacer nada más aquí.
in-review-title = Su verificación está en revisión
in-review-text = Gracias. { $company } la está revisando y se pondrá en contacto con usted. No tiene que hacer nada más aquí.
approved-title = Su identidad está verificada
approved-text = Gracias. Su identidad está confirmada y { $company } ya lo sabe.
declined-title = Su verificación no fue aceptada
declined-text = { $company } no pudo aceptar esta verificación. Para saber por qué y qué puede hacer, contacte con { $company }.
failed-title = Su verificación no tuvo éxito
failed-text = No se pudo confirmar su identidad. Contacte con { $company }; pueden iniciar una nueva para usted.
redacted-title = Esta verificación fue eliminada
redacted-text = Sus datos se borraron a petición, por lo que no se puede continuar. Si { $company } aún necesita verificarle, pida un enlace nuevo.
unfinished-title = Su verificación aún no ha terminado
unfinished-text = Lo que hizo se conserva. Puede seguir donde lo dejó.

## Lo que lo impide

unknown-link-title = Esta página no existe
unknown-link-text = La dirección no está completa o nunca fue un enlace nuestro.
unknown-link-next = Abra de nuevo el enlace desde su mensaje. Si no funciona, pida uno nuevo a { $company }.
link-expired-title = Este enlace ha caducado
link-expired-text = Por su seguridad, un enlace solo funciona durante un tiempo limitado.
link-expired-next = Pida un enlace nuevo a { $company }. Lo que ya hizo se conserva.
link-revoked-title = Este enlace ya no es válido
link-revoked-text = { $company } lo ha reemplazado o retirado.
link-revoked-next = Use el enlace más reciente que recibió o pida uno nuevo a { $company }.
other-device-title = Este enlace pertenece a otro dispositivo
other-device-text = Por su seguridad, un enlace solo funciona en el dispositivo y el navegador donde se usó por primera vez.
other-device-next = Continúe allí o pida un enlace nuevo a { $company }.
factor-needed-title = Confirme que es usted
factor-needed-text = Este enlace pide su fecha de nacimiento.
factor-needed-next = Abra de nuevo el enlace desde su mensaje e introdúzcala.
factor-wrong-title = Esa no era la fecha correcta
factor-wrong-text = La fecha de nacimiento no es la que conocemos.
factor-wrong-next = Abra de nuevo el enlace desde su mensaje e inténtelo otra vez.
factor-locked-title = Este enlace está bloqueado
factor-locked-text = Se introdujo una fecha de nacimiento incorrecta demasiadas veces.
factor-locked-next = Pida un enlace nuevo a { $company }. Lo que ya hizo se conserva.
settled-title = Esta verificación ha terminado
settled-text = No queda nada por hacer aquí.
settled-next = Si cree que es un error, contacte con { $company }.
not-resumable-title = Esta verificación no se puede continuar
not-resumable-text = El servicio de verificación no permite abrirla de nuevo.
not-resumable-next = Contacte con { $company }; pueden iniciar una nueva para usted.
foreign-origin-title = Esta petición vino de otro sitio
foreign-origin-text = Por su seguridad, solo aceptamos lo que se envía desde nuestras páginas.
foreign-origin-next = Abra de nuevo el enlace desde su mensaje.
bad-request-title = No se pudo leer esta petición
bad-request-text = Le falta algo o está dañada.
bad-request-next = Abra de nuevo el enlace desde su mensaje.
too-long-title = Es demasiado largo
too-long-text = Se envió más de lo que pide cualquiera de nuestras páginas.
too-long-next = Abra de nuevo el enlace desde su mensaje.
too-many-title = Un momento, por favor
too-many-text = Hubo demasiadas peticiones desde su conexión.
too-many-next = Espere un minuto y vuelva a intentarlo. No se pierde nada.
persona-unavailable-title = El servicio de verificación no responde
persona-unavailable-text = No pudimos conectar con el servicio que usa { $company } para verificar.
persona-unavailable-next = Vuelva a intentarlo en un minuto. Su enlace sigue siendo válido y no se pierde nada.
internal-title = Algo falló por nuestra parte
internal-text = Hemos registrado lo ocurrido.
internal-next = Vuelva a intentarlo en un minuto. Su enlace sigue siendo válido y no se pierde nada.

## Un enlace nuevo

recover = Enviarme un enlace nuevo
recover-title = Obtenga un enlace nuevo
recover-text = Si su enlace ya no funciona o lo ha perdido, podemos enviarle otro. Solo se envía a la dirección de correo electrónico o al número de teléfono que usted dio para su verificación.
recover-label = Su referencia o el enlace anterior
recover-hint = Por ejemplo, su número de cliente, el número de su verificación o la dirección completa del enlace que recibió.
recover-empty = Introduzca su referencia o el enlace anterior.
recover-off = Aquí no se pueden pedir enlaces nuevos. Pida uno a { $company }.
recover-sent-title = Consulte sus mensajes
recover-sent-text = Si lo que ha introducido corresponde a una verificación para { $company } que no está terminada, un enlace nuevo está en camino. Se envía al contacto que usted dio y llega en unos minutos.
recover-sent-next = Por su seguridad, no podemos decir aquí si existe alguna. Si no llega nada, mire en la carpeta de correo no deseado o pregunte a { $company }.
recover-again = Introducir otra cosa

## El correo que trae un enlace

mail-subject = Continúe su verificación con { $company }
mail-text = { $company } le pide que termine de confirmar su identidad. Puede seguir donde lo dejó. Abra este enlace:
mail-hours = { $plural ->
    [one] El enlace sirve durante una hora (hasta el { $until }), en un solo dispositivo.
   *[other] El enlace sirve durante { $hours } horas (hasta el { $until }), en un solo dispositivo.
}
mail-days = { $plural ->
    [one] El enlace sirve durante un día (hasta el { $until }), en un solo dispositivo.
   *[other] El enlace sirve durante { $days } días (hasta el { $until }), en un solo dispositivo.
}
mail-safety = El enlace es solo para usted: no lo comparta. Si no esperaba este mensaje, pregunte a { $company } antes de abrirlo.
reminder-subject = Su verificación con { $company } aún no ha terminado
reminder-text = Hace un tiempo empezó a confirmar su identidad para { $company }. Lo que hizo está guardado. Abra este enlace para continuar:
recovery-subject = Su nuevo enlace de { $company }
recovery-text = Usted pidió un nuevo enlace para su verificación con { $company }. Puede seguir donde lo dejó. Abra este enlace:

## Lo mismo en breve, antes del enlace

sms-text = { $company }: continúe su verificación:
sms-reminder = { $company }: su verificación aún no ha terminado. Continúe aquí:
sms-recovery = { $company }: aquí tiene el nuevo enlace que pidió:
