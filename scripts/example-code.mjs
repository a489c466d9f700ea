import * as OTPAuth from 'otpauth'

// The second step of a staff member of the example community, for who has no authenticator app at hand.
const [key] = process.argv.slice(2)
if (!key) {
	console.error('mimosa: give the key that "npm start" printed: npm run example:code KEY')
	process.exit(1)
}
console.log(new OTPAuth.TOTP({ secret: OTPAuth.Secret.fromBase32(key) }).generate())
