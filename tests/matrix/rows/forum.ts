import { acts } from '../table'

const ANSWER = 'body=An+answer&language=en&confirmed=en&key={new}'
const QUESTION = `title=A+question&${ANSWER}`
const SPACE = 'icon=briefcase&access=everyone&name-en=New&description-en=In+short'

export const FORUM = acts(`
	#                               address                                 act          fields                                       G PX MW JTK FEUV CLD A B
	forum                           /forum                                  accept       space={invited}                              s .. .+ +.. .... ... . .
	forum                           /forum                                  decline      space={invited}                              s .. == === ==== === = =
	forum                           /forum                                  leave        space={invited}                              s .. == === ==== === = =
	forum/draft                     /forum/draft                            -            place=topic:{question}&body=Begun            s .. == === ==== === = =
	forum/translate                 /forum/translate                        -            post={answerOfA}&language=it                 s .. .+ +.. ..++ ++. . .
	forum/translate/wish            /forum/translate/wish                   -            post={answer}&wanted=es                      s .. ++ +++ ++++ +++ + +
	forum/translate/wish            /forum/translate/wish                   -            post={answerOfA}&wanted=es                   s .. .+ +.. ..++ ++. . .
	forum/translate/thank           /forum/translate/thank                  -            translation={translation}&thanks=yes         s .. ++ x++ ++++ +++ + +
	forum/translate/thank           /forum/translate/thank                  -            translation={translationOfA}&thanks=yes      s .. .+ x.. ..++ ++. . .
	forum/translate/:post/:language /forum/translate/{answerOfA}/it         act=claim    -                                            s .. .+ +.. ..++ ++. . .
	forum/translate/:post/:language /forum/translate/{answerOfA}/it         act=release  -                                            s .. == === ==== === = =
	forum/translate/:post/:language /forum/translate/{answerOfA}/it         act=save     body=Begun                                   s .. == === ==== === = =
	forum/translate/:post/:language /forum/translate/{answerOfA}/it         act=discard  -                                            s .. == === ==== === = =
	forum/translate/:post/:language /forum/translate/{answerOfA}/it         act=publish  body=Una+risposta&key={new}&of=1             s .. =+ +== ==++ ++= = =
	forum/translate/:post/:language /forum/translate/{answerOfA}/it         act=publish-surely body=Una+risposta&key={new}&of=1          s .. =+ +== ==++ ++= = =
	forum/translate/:post/:language /forum/translate/{answerOfA}/it         act=machine  -                                            s .. .x x.. ..xx xx. . .

	forum/:space                    /forum/{open}                           follow       -                                            s .. ++ +++ ++++ +++ + +
	forum/:space                    /forum/{ofA}                            follow       -                                            s .. .+ +.. ..++ ++. . .
	forum/:space                    /forum/{ofA}                            unfollow     -                                            s .. .+ +.. ..++ ++. . .
	forum/:space/new                /forum/{open}/new                       -            ${QUESTION}                                  s .. ++ +++ ++++ +++ + +
	forum/:space/new                /forum/{ofA}/new                        -            ${QUESTION}                                  s .. .+ +.. ..++ ++. . .
	forum/:space/new                /forum/{ofStaff}/new                    -            ${QUESTION}                                  s .. .. ... ..++ +++ . .
	forum/:space/new                /forum/{invited}/new                    -            ${QUESTION}                                  s .. .+ +.. ..++ ... . .
	forum/:space/new                /forum/{ofA}/new                        draft        body=Begun                                   s .. == === ==== === = =
	forum/:space/new                /forum/{ofA}/new                        discard      -                                            s .. == === ==== === = =

	forum/:space/:topic             /forum/{open}/{question}                -            ${ANSWER}                                    s .. ++ +++ ++++ +++ + +
	forum/:space/:topic             /forum/{open}/{blockedTopic}            -            ${ANSWER}                                    s .. .+ +++ ++++ +++ + +
	forum/:space/:topic             /forum/{open}/{hiddenTopic}             -            ${ANSWER}                                    s .. .. ... .... ... . .
	forum/:space/:topic             /forum/{ofA}/{questionOfA}              -            ${ANSWER}                                    s .. .+ +.. ..++ ++. . .
	forum/:space/:topic             /forum/{ofA}/{questionOfA}              draft        body=Begun                                   s .. == === ==== === = =
	forum/:space/:topic             /forum/{ofA}/{questionOfA}              discard      -                                            s .. == === ==== === = =
	forum/:space/:topic             /forum/{open}/{question}                thank=       thank={answer}                               s .. ++ x++ ++++ +++ + +
	forum/:space/:topic             /forum/{ofA}/{questionOfA}              thank=       thank={answerOfA}                            s .. .+ x.. ..++ ++. . .
	forum/:space/:topic             /forum/{open}/{question}                thank=       thank={hiddenAnswer}                         s .. .. ... .... ... . .
	forum/:space/:topic             /forum/{open}/{question}                unthank=     unthank={answer}                             s .. ++ +++ ++++ +++ + +
	forum/:space/:topic             /forum/{open}/{question}                delete=      delete={answer}                              s .. .. +.. .... ... . .
	forum/:space/:topic             /forum/{open}/{question}                restore=     restore={answer}                             s .. == +== ==== === = =
	forum/:space/:topic             /forum/{open}/{question}                answeredBy=  answeredBy={answer}                          s .. x+ xxx xxxx xxx x x
	forum/:space/:topic             /forum/{ofA}/{questionOfA}              answeredBy=  answeredBy={answerOfA}                       s .. .+ x.. ..xx xx. . .
	forum/:space/:topic             /forum/{open}/{question}                answered=    answered=yes                                 s .. x+ xxx xxxx xxx x x
	forum/:space/:topic             /forum/{open}/{question}                answered=    answered=no                                  s .. x+ xxx xxxx xxx x x
	forum/:space/:topic/reading     /forum/{open}/{question}/reading        read         post={answer}                                s .. ++ +++ ++++ +++ + +
	forum/:space/:topic/reading     /forum/{ofA}/{questionOfA}/reading      read         post={answerOfA}                             s .. .+ +.. ..++ ++. . .
	forum/:space/:topic/reading     /forum/{ofA}/{questionOfA}/reading      follow       -                                            s .. .+ +.. ..++ ++. . .
	forum/:space/:topic/reading     /forum/{ofA}/{questionOfA}/reading      unfollow     -                                            s .. .+ +.. ..++ ++. . .

	forum/:space/:topic/manage      /forum/{open}/{question}/manage         pin          -                                            s .. .. ... +.++ ... . .
	forum/:space/:topic/manage      /forum/{elsewhere}/{ofElsewhere}/manage pin          -                                            s .. .. ... .+++ ... . .
	forum/:space/:topic/manage      /forum/{open}/{question}/manage         unpin        -                                            s .. .. ... +.++ ... . .
	forum/:space/:topic/manage      /forum/{open}/{question}/manage         lock         -                                            s .. .. ... +.++ ... . .
	forum/:space/:topic/manage      /forum/{open}/{question}/manage         unlock       -                                            s .. .. ... +.++ ... . .
	forum/:space/:topic/manage      /forum/{open}/{question}/manage         move         to={elsewhere}                               s .. .. ... ~.++ ... . .
	forum/:space/:topic/manage      /forum/{open}/{question}/manage         merge        into=/forum/{open}/{another}                 s .. .. ... +.++ ... . .
	forum/:space/:topic/manage      /forum/{open}/{question}/manage         split        title=Apart&language=en&key={new}&posts={answer} s .. .. ... +.++ ... . .
	forum/:space/:topic/edit/:post  /forum/{open}/{question}/edit/{answer}  -            ${ANSWER}&version=1                          s .. .. +.. .... ... . .
	forum/:space/:topic/edit/:post  /forum/{open}/{question}/edit/{post}    -            ${QUESTION}&version=1                        s .. .+ ... .... ... . .
	forum/:space/:topic/edit/:post  /forum/{open}/{question}/edit/{post}    draft        body=Begun                                   s .. == === ==== === = =
	forum/:space/:topic/edit/:post  /forum/{open}/{question}/edit/{post}    discard      -                                            s .. == === ==== === = =

	coordination/spaces             /coordination/spaces                    make         key={new}&${SPACE}                           s .. .. ... .... ... + .
	coordination/spaces             /coordination/spaces                    move         space={elsewhere}&way=up&from=1              s .. .. ... .... ... + .
	coordination/spaces/:space      /coordination/spaces/{open}             save         ${SPACE}                                     s .. .. ... .... ... + .
	coordination/spaces/:space      /coordination/spaces/{invited}          invite       handle=Any+other                             s .. .. ... ..++ ... + .
	coordination/spaces/:space      /coordination/spaces/{invited}          take         member={memberW}                             s .. .. ... ..++ ... + .
`)
