/// What the reader asked for on the command line.
public struct ChapterOptions: Sendable, Equatable {
  /// How much is computed.
  public enum Scale: String, Sendable, Equatable {
    /// A smoke run of seconds: everything happens, nothing is learned.
    case quick
    /// The run of a minute or two that `swift run` does.
    case usual
    /// The run that the page's numbers come from.
    case full
  }

  /// How much is computed.
  public internal(set) var scale = Scale.usual
  /// Where random numbers start; 1 unless `--seed` says otherwise.
  public internal(set) var seed: UInt64 = 1
  /// The data to learn from: one of the names that the chapter declares, or a file's path.
  public internal(set) var data = ""
  /// The data that the page was written for: the first that the chapter declares.
  var defaultData = ""
  /// Whether `data` is a file's path.
  public internal(set) var isDataFile = false
  /// Whether the learner's functions stand in for the chapter's.
  public internal(set) var isMine = false

  var html: String?
  var ipynb: String?
  var isStep = false
  var isWeave = false
  var isCheck = false
  var own: [String: String] = [:]
  var declared: [ChapterOption] = []

  /// Whether this is a smoke run.
  public var isQuick: Bool { scale == .quick }
  /// Whether this is the run that the page's numbers come from.
  public var isFull: Bool { scale == .full }

  /// One of three settings, for the smoke run, the usual run and the full run.
  public func pick<Value>(quick: Value, usual: Value, full: Value) -> Value {
    switch scale {
    case .quick: quick
    case .usual: usual
    case .full: full
    }
  }

  /// The seeds of `count` repetitions: `seed` and those that follow it.
  public func seeds(_ count: Int) -> [UInt64] {
    (0..<count).map { seed &+ UInt64($0) }
  }

  /// Whether the chapter's own flag is given, such as `--resume`.
  public func has(_ flag: String) -> Bool {
    check(flag)
    return own[flag] != nil
  }

  /// What stands behind the chapter's own option, such as `--export`; nil where it is not given.
  public subscript(option: String) -> String? {
    check(option)
    return own[option]
  }

  private func check(_ name: String) {
    guard declared.contains(where: { $0.name == name }) else {
      fatalError("The chapter asks for \(name) and does not declare it in Page.open.")
    }
  }
}

/// One of the data sets that a chapter can learn from.
public struct DataChoice: Sendable, Equatable {
  /// What `--data` calls it; nil for a file.
  public let name: String?
  /// What it is and how it comes onto the machine, in a few words.
  public let explanation: String

  /// Data with a name.
  ///
  /// The first choice of a chapter is what it uses unless told otherwise.
  public static func named(_ name: String, _ explanation: String) -> DataChoice {
    DataChoice(name: name, explanation: explanation)
  }

  /// A file of the reader's.
  public static func file(_ explanation: String) -> DataChoice {
    DataChoice(name: nil, explanation: explanation)
  }
}

/// An option that only one chapter has.
public struct ChapterOption: Sendable, Equatable {
  let name: String
  let value: String?
  let explanation: String

  /// An option without a value, such as `--resume`.
  public static func flag(_ name: String, _ explanation: String) -> ChapterOption {
    ChapterOption(name: name, value: nil, explanation: explanation)
  }

  /// An option with a value, such as `--export FOLDER`.
  public static func value(
    _ name: String, _ value: String, _ explanation: String
  ) -> ChapterOption {
    ChapterOption(name: name, value: value, explanation: explanation)
  }
}

/// A command line that cannot be followed; the program ends with status 64.
public struct UsageError: Error, CustomStringConvertible, Equatable, Sendable {
  /// What is wrong and, where a word is near, what was meant.
  public let description: String

  init(_ description: String) { self.description = description }
}
