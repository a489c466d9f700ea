import { acts } from '../table'

export const MEMBERS = acts(`
	#                        address                   act          fields                                                   G PX MW JTK FEUV CLD A B
	*                        /nowhere                  -            -                                                        . .. .. ... .... ... . .
	language                 /language                 -            language=it                                              + ++ ++ +++ ++++ +++ + +
	join                     /join                     -            handle=                                                  ~ ++ ++ +++ ++++ +++ + +
	join/codes               /join/codes               -            kept=yes                                                 s ++ ++ +++ ++++ +++ + +
	sign-in                  /sign-in                  -            handle=Nobody&passphrase=nothing+at+all&device=own       ~ ++ ++ +++ ++++ +++ + +
	sign-in/second           /sign-in/second           -            code=000000                                              s .. .. ... .... ... . .
	recover                  /recover                  -            handle=Nobody&recoveryCode=AAAAA-AAAAA&passphrase=seven+quiet+rivers&device=own  ~ ++ ++ +++ ++++ +++ + +
	sign-out                 /sign-out                 -            -                                                        + ++ ++ +++ ++++ +++ + +
	language/better          /language/better          -            formKey={new}&language=it&key=common:footer.help&better=Aiuto+subito  s .. ++ +++ ++++ +++ + +
	me/profile               /me/profile               -            speaks=en&reads=en&about=                                s ++ ++ +++ ++++ +++ + +
	me/profile               /me/profile               leave        organisation={organisationA}                             s == =+ +== ==== === = =
	me/profile               /me/profile               letters      nastaliq=yes                                             s ++ ++ +++ ++++ +++ + +
	me/safety                /me/safety                passphrase   passphrase=wrong&newPassphrase=short                     s ~~ ~~ ~~~ ~~~~ ~~~ ~ ~
	me/safety                /me/safety                codes        passphrase=wrong                                         s ++ ++ +++ ++++ +++ + +
	me/safety                /me/safety                second       passphrase=wrong                                         s ++ ++ +++ ++++ +++ + +
	me/recovery              /me/recovery              -            -                                                        s ++ ++ +++ ++++ +++ + +
	me/devices               /me/devices               prove        passphrase=wrong                                         s ++ ++ +++ ++++ +++ + +
	me/devices               /me/devices               others       -                                                        s ++ ++ +++ ++++ +++ + +
	me/devices               /me/devices               end          session={new}                                            s ++ ++ +++ ++++ +++ + +
	me/data                  /me/data                  copy         form=json                                                s ++ ++ +++ ++++ +++ + +
	me/data                  /me/data                  leave        sure=yes&passphrase=wrong                                s ~~ ~~ ~~~ ~~~~ ~~~ ~ ~
	me/blocked               /me/blocked               block        person={memberW}&member={memberW}                        s ++ +. +++ ++++ +++ + +
	me/blocked               /me/blocked               unblock      person={memberW}&member={memberW}                        s == == === ==== === = =
	me/blocked               /me/blocked               blockName    handle=W+of+the+matrix                                   s ++ ++ +++ ++++ +++ + +
	me/blocked               /me/blocked               unblockName  handle=W+of+the+matrix                                   s ++ ++ +++ ++++ +++ + +
	me/blocked               /me/blocked               mute         person={memberW}&member={memberW}                        s ++ +. +++ ++++ +++ + +
	me/blocked               /me/blocked               unmute       person={memberW}&member={memberW}                        s == == === ==== === = =
	notices                  /notices                  -            -                                                        s .. ~~ ~~~ ~~~~ ~~~ ~ ~
	notices/:id              /notices/{notice}         -            -                                                        s .. .+ ... .... ... . .

	coordination/people      /coordination/people      find         handle=W+of+the+matrix                                   s .. .. ... .... ... + .
	coordination/people      /coordination/people      approve      member={waitingMember}                                   s .. .. ... .... ... + .
	coordination/people      /coordination/people      decline      member={waitingMember}                                   s .. .. ... .... ... + .
	coordination/people      /coordination/people      suspend      member={memberW}&rule=insult                             s .. .. ... .... ... + .
	coordination/people      /coordination/people      restore      member={memberW}                                         s .. .. ... .... ... + .
	coordination/people      /coordination/people      give         member={memberW}&role=moderator&space={open}             s .. .. ... .... ... + .
	coordination/people      /coordination/people      take         member={memberU}&grant={grantOfU}                        s .. .. ... .... ... + .
	coordination/invitations /coordination/invitations -            count=1&key={new}&organisation={organisationA}           s .. .. ... .... ++~ + .
	coordination/invitations /coordination/invitations withdraw     invitation={invitationOfA}                               s .. .. ... .... ++. + .
	coordination/invitations /coordination/invitations withdraw     invitation={invitationOfB}                               s .. .. ... .... ..+ + .
	coordination/recoveries  /coordination/recoveries  start        handle=Any+other                                         s .. .. ... .... ~~~ ~ .
	coordination/recoveries  /coordination/recoveries  confirm      recovery={recovery}                                      s .. .. ... .... x+. + .
	coordination/recoveries  /coordination/recoveries  takeBack     recovery={recovery}                                      s .. .. ... .... ++. + .
	coordination/recoveries  /coordination/recoveries  hand         recovery={recovery}                                      s .. .. ... .... ~x. x .
	coordination/sentences   /coordination/sentences   outcome=taken    sentence={sentence}&outcome=taken                    s .. .. ... .... ... + .
	coordination/sentences   /coordination/sentences   outcome=declined sentence={sentence}&outcome=declined                 s .. .. ... .... ... + .
`)
