import TensorCore

/// Damages files at random, as a fuzzer does: bits flipped, numbers replaced, pieces cut, copied, inserted.
struct Mutation {
  private var random: Random
  private let tokens: [[UInt8]]

  /// Makes a source of damage; `tokens` are pieces of the format, inserted or written over what is there.
  init(seed: UInt64, tokens: [String]) {
    random = Random(seed: seed)
    // Sizes at the edges of what fits in one, two and four bytes come with every format.
    let edges: [[UInt8]] = [
      [0], [0xFF], [0x7F], [0x80], [0, 0, 0, 0], [0, 0, 0, 1], [0xFF, 0xFF, 0xFF, 0xFF],
      [0x7F, 0xFF, 0xFF, 0xFF], [0x80, 0, 0, 0], [0, 1, 0, 0],
    ]
    self.tokens = edges + tokens.map { Array($0.utf8) }
  }

  /// The file with one to four changes.
  mutating func callAsFunction(_ file: [UInt8]) -> [UInt8] {
    var changed = file
    for _ in 0...random.integer(below: 4) { change(&changed) }
    return changed
  }

  private mutating func change(_ file: inout [UInt8]) {
    // Half of the changes fall on the first bytes, where the header is.
    let reach = random.chance(0.5) ? min(file.count, 20) : file.count
    let place = random.integer(below: reach + 1)
    let length = min(random.integer(below: 9), file.count - place)
    switch random.integer(below: 7) {
    case 0 where place < file.count: file[place] ^= 1 << UInt8(random.integer(below: 8))
    case 1 where place < file.count: file[place] = UInt8(random.integer(below: 256))
    case 2: file.removeSubrange(place..<place + length)
    case 3: file.removeSubrange(place...)
    case 4:
      let piece = file[place..<place + length]
      file.insert(contentsOf: piece, at: random.integer(below: file.count + 1))
    case 5: file.insert(contentsOf: tokens[random.integer(below: tokens.count)], at: place)
    default:
      let token = tokens[random.integer(below: tokens.count)]
      file.replaceSubrange(place..<min(place + token.count, file.count), with: token)
    }
  }
}
