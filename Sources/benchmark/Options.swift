import Notebook
import TensorCore

/// What the command line asks for.
struct Options {
  /// What can be measured.
  enum Work: String, CaseIterable {
    case matmul
    case gpt
    case simclr
    case inpainting
    case word2vec
  }

  private(set) var work = Work.allCases
  private(set) var isJSON = false
  private(set) var isHelp = false
  /// Values that were given, by option.
  private var given: [Name: Int] = [:]
  /// The text to read, where one was given.
  private(set) var text: String?

  /// The options that take a whole number.
  enum Name: String, CaseIterable {
    case layers, width, heads, context, batch, vocab, channels, size, threads, steps
    case window, negatives, epochs

    /// The works that the option belongs to.
    var work: [Work] {
      switch self {
      case .layers, .heads, .context, .vocab: [.gpt]
      case .channels: [.simclr]
      case .batch: [.gpt, .simclr, .inpainting]
      case .width: [.gpt, .simclr, .inpainting, .word2vec]
      case .size: [.matmul, .simclr, .inpainting]
      case .window, .negatives, .epochs: [.word2vec]
      case .steps: [.matmul, .gpt, .simclr, .inpainting]
      case .threads: Work.allCases
      }
    }
  }

  /// The value of an option, or another if it was not given.
  subscript(name: Name, otherwise: Int) -> Int { given[name] ?? otherwise }

  /// Whether an option was given.
  func has(_ name: Name) -> Bool { given[name] != nil }

  init(_ arguments: [String]) throws(WrongUsage) {
    var rest = arguments[...]
    if let first = rest.first, !first.hasPrefix("-") {
      rest.removeFirst()
      guard let chosen = Work(rawValue: first) else {
        throw WrongUsage("cannot measure “\(first)”", first, Work.allCases.map(\.rawValue))
      }
      work = [chosen]
    }
    while let argument = rest.popFirst() {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts.first ?? "")
      if argument == "--json" {
        isJSON = true
      } else if argument == "--help" {
        isHelp = true
      } else if name == "--text" {
        try takeText(parts.count == 2 ? String(parts[1]) : rest.popFirst())
      } else if let option = Name.allCases.first(where: { "--\($0.rawValue)" == name }) {
        let value = parts.count == 2 ? String(parts[1]) : rest.popFirst()
        try take(option, value)
      } else {
        throw WrongUsage(
          "unknown option “\(argument)”", name,
          Name.allCases.map { "--\($0.rawValue)" } + ["--text", "--json", "--help"])
      }
    }
    if self[.width, 128] % self[.heads, 4] != 0 && work.contains(.gpt) {
      throw WrongUsage("--heads \(self[.heads, 4]) cannot share --width \(self[.width, 128])")
    }
    if work == [.simclr] && self[.batch, 2] < 2 {
      throw WrongUsage("--batch 1 leaves SimCLR no other picture to tell apart; take 2 or more")
    }
    if work == [.inpainting] && self[.size, 32] % 16 != 0 {
      throw WrongUsage(
        "--size \(self[.size, 32]) cannot be halved four times; take a multiple of 16")
    }
  }

  private mutating func take(_ option: Name, _ text: String?) throws(WrongUsage) {
    let name = "--\(option.rawValue)"
    if !work.contains(where: option.work.contains) {
      throw WrongUsage("\(name) has no meaning for \(work[0].rawValue)")
    }
    if given[option] != nil { throw WrongUsage("\(name) is given twice") }
    guard let text, let value = Int(text), (1...1_000_000).contains(value) else {
      throw WrongUsage(
        "\(name) needs a whole number from 1 up" + (text.map { ", not “\($0)”" } ?? ""))
    }
    given[option] = value
  }

  private mutating func takeText(_ file: String?) throws(WrongUsage) {
    if work != [.word2vec] { throw WrongUsage("--text has a meaning for word2vec only") }
    if text != nil { throw WrongUsage("--text is given twice") }
    guard let file, !file.isEmpty else { throw WrongUsage("--text needs a file") }
    text = file
  }

  static let help = """
    swift run benchmark [matmul|gpt|simclr|inpainting|word2vec] [options]

    Times matrix products, three training steps and word vectors, and prints for each the median and the best time,
    GFLOP/s, and the share of the peak that this machine reached in a loop of nothing but products.

    Products and sums counted as one operation each:
      matmul   2 · size³
      gpt      6 · parameters · tokens + 12 · layers · width · context · tokens (attention)
      simclr   6 for each product of a convolution, of the head and of the similarities; 4 in the
               first convolution, whose input needs no gradient
      inpainting
               the same, of all networks that a step goes through

    for all
      --threads N   threads to compute with (one for each processor; matmul: also with one)
      --steps N     how many are timed (matmul 30, gpt 60, simclr 20, inpainting 30; not word2vec)
      --json        one line for each row, for programs to read
    matmul
      --size N      one size, instead of 384, 512, 768, 1024 and 1536
    gpt: a decoder with a tied embedding, trained by AdamW
      --layers 4 --width 128 --heads 4 --context 64 --batch 12 --vocab 65
    simclr: a residual network on two views of each picture, NT-Xent, trained by Adam
      --width 16 --channels 1 --size 28 --batch 128
    inpainting: a context encoder and its discriminator, one joint step by two Adams
      --width 32 --size 32 --batch 64
    word2vec: skip-gram with negative sampling; times are those of an epoch, with words a second
      --text FILE   a text, one sentence a line, instead of stories
      --width 100 --window 5 --negatives 5 --epochs 5
    """
}

/// A command line that cannot be followed.
struct WrongUsage: Error, CustomStringConvertible {
  let description: String

  init(_ problem: String) { description = problem + "; see --help" }

  /// Names what was probably meant, if one of `candidates` is near.
  init(_ problem: String, _ word: String, _ candidates: [String]) {
    if let near = EditDistance.suggestion(for: word, among: candidates) {
      description = problem + "; did you mean “\(near)”?"
    } else {
      description = problem + "; see --help"
    }
  }
}
