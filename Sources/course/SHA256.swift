/// The SHA-256 digest of bytes, as 64 hexadecimal digits (FIPS 180-4, section 6.2).
func sha256(_ bytes: [UInt8]) -> String {
  var message = bytes
  message.append(0x80)
  while message.count % 64 != 56 { message.append(0) }
  for shift in stride(from: 56, through: 0, by: -8) {
    message.append(UInt8(truncatingIfNeeded: UInt64(bytes.count * 8) >> UInt64(shift)))
  }
  var state = initialState
  var words = [UInt32](repeating: 0, count: 64)
  for block in stride(from: 0, to: message.count, by: 64) {
    for index in 0..<16 {
      let place = block + 4 * index
      words[index] =
        UInt32(message[place]) << 24 | UInt32(message[place + 1]) << 16
        | UInt32(message[place + 2]) << 8 | UInt32(message[place + 3])
    }
    for index in 16..<64 {
      let (x, y) = (words[index - 15], words[index - 2])
      let low = rotated(x, 7) ^ rotated(x, 18) ^ (x >> 3)
      let high = rotated(y, 17) ^ rotated(y, 19) ^ (y >> 10)
      words[index] = words[index - 16] &+ low &+ words[index - 7] &+ high
    }
    mix(words, into: &state)
  }
  return state.map { word in
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }.joined()
}

private func mix(_ words: [UInt32], into state: inout [UInt32]) {
  var s = state
  for index in 0..<64 {
    let upper = rotated(s[4], 6) ^ rotated(s[4], 11) ^ rotated(s[4], 25)
    let choice = (s[4] & s[5]) ^ (~s[4] & s[6])
    let first = s[7] &+ upper &+ choice &+ constants[index] &+ words[index]
    let lower = rotated(s[0], 2) ^ rotated(s[0], 13) ^ rotated(s[0], 22)
    let majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2])
    s = [first &+ lower &+ majority, s[0], s[1], s[2], s[3] &+ first, s[4], s[5], s[6]]
  }
  for index in 0..<8 { state[index] = state[index] &+ s[index] }
}

private func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
  (word >> count) | (word << (32 - count))
}

/// The first 32 bits of the fractional part of a root, found in whole numbers.
///
/// For the square root of n that is ⌊√(n · 2⁶⁴)⌋ mod 2³², for the cube root ⌊∛(n · 2⁹⁶)⌋ mod 2³²; the
/// bisection keeps to 128-bit numbers because the root has at most 3 + 32 bits.
private func fraction(ofRoot degree: Int, _ n: UInt64) -> UInt32 {
  var low: UInt64 = 0
  var high: UInt64 = 1 << 36
  while high - low > 1 {
    let middle = (low + high) / 2
    var power = UInt128(1)
    for _ in 0..<degree { power *= UInt128(middle) }
    if power <= UInt128(n) << UInt128(32 * degree) { low = middle } else { high = middle }
  }
  return UInt32(truncatingIfNeeded: low)
}

private let primes: [UInt64] = {
  var found: [UInt64] = []
  var candidate: UInt64 = 2
  while found.count < 64 {
    if found.allSatisfy({ candidate % $0 != 0 }) { found.append(candidate) }
    candidate += 1
  }
  return found
}()

private let initialState = primes.prefix(8).map { fraction(ofRoot: 2, $0) }
private let constants = primes.map { fraction(ofRoot: 3, $0) }
