import { acts } from '../table'

const SAY = 'body=Hello&key={new}'
const ROOM = 'name-en=Table&languages=en&keepDays=0'
const PLAN =
	'name=Steps&about=&language=en&date={day}&time=10:00&zone=Europe/Rome&minutes=60&languages=en&size=10&rules=&agenda=&keepDays=30&doors=lobby'

export const CHAT = acts(`
	#                       address                           act             fields                                G PX MW JTK FEUV CLD A B
	chat                    /chat                             accept          room={circle}                         s .. .+ +.. .... ... . .
	chat                    /chat                             refuse          room={circle}                         s .. == === ==== === = =
	chat/new                /chat/new                         -               key={new}&${PLAN}                     s .. xx x++ ++++ +x+ + x
	chat/circle             /chat/circle                      -               key={new}&name=Tea&language=en        s .. ++ +++ ++++ +++ + +

	chat/:room              /chat/{room}                      -               ${SAY}                                s .. ++ +++ ++++ +++ + +
	chat/:room              /chat/{roomOfA}                   -               ${SAY}                                s .. .+ +.. ..++ ++. . .
	chat/:room              /chat/{circle}                    -               ${SAY}                                s .. .+ +.. .... ... . .
	chat/:room              /chat/{privateRoom}               -               ${SAY}                                s .. .+ .+. .... ... . .
	chat/:room              /chat/{session}                   -               ${SAY}                                s .. .+ ++. .... ... . .
	chat/:room              /chat/{roomOfA}                   edit            id={messageOfA}&words=Else            s .. .+ x.. ..xx xx. . .
	chat/:room              /chat/{circle}                    edit            id={messageInCircle}&words=Else       s .. .+ x.. .... ... . .
	chat/:room              /chat/{roomOfA}                   remove          id={messageOfA}                       s .. .+ x.. ..xx xx. . .
	chat/:room              /chat/{circle}                    remove          id={messageInCircle}                  s .. .+ x.. .... ... . .
	chat/:room              /chat/{privateRoom}               remove          id={messageInPrivate}                 s .. .+ .x. .... ... . .
	chat/:room              /chat/{roomOfA}                   react           id={messageOfA}&kind=thanks           s .. .+ +.. ..++ ++. . .
	chat/:room              /chat/{circle}                    react           id={messageInCircle}&kind=thanks      s .. .+ +.. .... ... . .
	chat/:room              /chat/{roomOfA}                   wish            id={messageOfA}&language=it           s .. .x +.. ..++ ++. . .
	chat/:room              /chat/{circle}                    wish            id={messageInCircle}&language=it      s .. .x +.. .... ... . .
	chat/:room              /chat/{privateRoom}               signs           on=yes                                s .. .+ .+. .... ... . .
	chat/:room              /chat/{circle}                    signs           on=yes                                s .. .x x.. .... ... . .
	chat/:room              /chat/{roomOfA}                   read            seq=1                                 s .. .+ +.. ..++ ++. . .
	chat/:room              /chat/{circle}                    read            seq=1                                 s .. .+ +.. .... ... . .
	chat/:room              /chat/{privateRoom}               leave           -                                     s .. .+ .+. .... ... . .
	chat/:room              /chat/{circle}                    leave           -                                     s .. .x x.. .... ... . .

	chat/:room              /chat/{session}                   come            -                                     s .. ++ +++ ++++ +++ + +
	chat/:room              /chat/{circle}                    come            -                                     s .. .. ... .... ... . .
	chat/:room              /chat/{session}                   go-away         -                                     s .. ++ +++ ++++ +++ + +
	chat/:room              /chat/{session}                   leave-session   -                                     s .. .+ +~. .... ... . .
	chat/:room              /chat/{session}                   raise           -                                     s .. .+ ++. .... ... . .
	chat/:room              /chat/{session}                   lower           -                                     s .. .+ ++. .... ... . .
	chat/:room/lead         /chat/{session}/lead              let-in          member={otherMember}                  s .. .x x~. .... ... . .
	chat/:room/lead         /chat/{session}/lead              let-all-in      -                                     s .. .x x+. .... ... . .
	chat/:room/lead         /chat/{session}/lead              turn-away       member={otherMember}                  s .. .x x+. .... ... . .
	chat/:room/lead         /chat/{session}/lead              doors           doors=closed                          s .. .x x+. .... ... . .
	chat/:room/lead         /chat/{planned}/lead              open            -                                     s .. .. .+. .... ... . .
	chat/:room/lead         /chat/{session}/lead              pause           -                                     s .. .x x+. .... ... . .
	chat/:room/lead         /chat/{session}/lead              go-on           -                                     s .. .x x+. .... ... . .
	chat/:room/lead         /chat/{session}/lead              end             -                                     s .. .x x+. .... ... . .
	chat/:room/lead         /chat/{session}/lead              slow            seconds=30                            s .. .x x+. .... ... . .
	chat/:room/lead         /chat/{session}/lead              turns           on=yes                                s .. .x x+. .... ... . .
	chat/:room/lead         /chat/{session}/lead              next            -                                     s .. .x x+. .... ... . .
	chat/:room/lead         /chat/{session}/lead              give-word       member={memberW}                      s .. .x x+. .... ... . .
	chat/:room/lead         /chat/{session}/lead              take-word       -                                     s .. .x x+. .... ... . .
	chat/:room/lead         /chat/{session}/lead              lower-hand      member={memberW}                      s .. .x x+. .... ... . .
	chat/:room/lead         /chat/{session}/lead              step            step=1                                s .. .x x+. .... ... . .
	chat/:room/lead         /chat/{session}/lead              pin             id={messageInSession}                 s .. .x x+. .... ... . .
	chat/:room/lead         /chat/{session}/lead              unpin           -                                     s .. .x x+. .... ... . .
	chat/:room/lead         /chat/{session}/lead              mute            member={memberW}&minutes=15           s .. .x x+. .... ... . .
	chat/:room/lead         /chat/{session}/lead              unmute          member={memberW}                      s .. .x x+. .... ... . .
	chat/:room/lead         /chat/{session}/lead              remove-member   member={memberW}                      s .. .x x+. .... ... . .
	chat/:room/lead         /chat/{session}/lead              cohost          member={memberW}                      s .. .x x~. .... ... . .
	chat/:room/lead         /chat/{session}/lead              uncohost        member={memberW}                      s .. .x x+. .... ... . .
	chat/:room/lead         /chat/{session}/lead              hand-over       member={memberW}                      s .. .x x~. .... ... . .
	chat/:room/lead         /chat/{session}/lead              note            note=For+us                           s .. .x x+. .... ... . .
	chat/:room/plan         /chat/{planned}/plan              cancel          -                                     s .. .. .+. .... ... . .
	chat/:room/plan         /chat/{planned}/plan              -               ${PLAN}                               s .. .. .+. .... ... . .

	chat/:room/people       /chat/{circle}/people             invite          handle=Any+other                      s .. .+ x.. .... ... . .
	chat/:room/people       /chat/{circle}/people             take-back       member={otherMember}                  s .. .+ x.. .... ... . .
	chat/:room/people       /chat/{circle}/people             take-out        member={memberJ}                      s .. .+ x.. .... ... . .
	chat/:room/people       /chat/{circle}/people             hand-on         member={memberJ}                      s .. .+ x.. .... ... . .
	chat/:room/people       /chat/{circle}/people             close           -                                     s .. .+ x.. .... ... . .
	chat/:room/people       /chat/{circle}/people             leave           -                                     s .. .+ +.. .... ... . .
	chat/:room/forget       /chat/{circle}/forget             -               -                                     s .. .+ +.. .... ... . .
	chat/:room/forget       /chat/{privateRoom}/forget        -               -                                     s .. .+ .+. .... ... . .
	chat/:room/forget       /chat/{roomOfA}/forget            -               -                                     s .. .+ +.. ..++ ++. . .

	moderation/held         /moderation/held                  through         held={held}                           s .. .. ... xx+x ... . .
	moderation/held         /moderation/held                  keep            id={held}&rule=insult&words=Rude      s .. .. ... xx+x ... . .
	coordination/rooms      /coordination/rooms               open            key={new}&${ROOM}                     s .. .. ... .... ... + .
	coordination/rooms/:room /coordination/rooms/{room}       save            ${ROOM}                               s .. .. ... .... ... + .
	coordination/rooms/:room /coordination/rooms/{room}       close           -                                     s .. .. ... .... ... + .
	coordination/rooms/:room /coordination/rooms/{room}       reopen          -                                     s .. .. ... .... ... + .
	coordination/rooms/:room /coordination/rooms/{circle}     close           -                                     s .. .. ... .... ... . .
`)
