/// What a run says at its top: which run it is, and of which run and data the sentences speak.
///
/// The page's sentences were written after the full run on the chapter's own data. They stand in every
/// run, whatever its tables show.
struct RunNotice {
  let options: ChapterOptions
  /// Whether the page's text holds numbers that the program computes.
  let hasNumbers: Bool

  init(_ options: ChapterOptions, _ document: Markdown.Document) {
    self.options = options
    hasNumbers = !document.values.isEmpty
  }

  /// For the terminal, where the text comes before the numbers that follow from it.
  var terminal: String {
    let seed = options.seed == 1 ? "" : "Seed \(options.seed)."
    return [kind, sentences, marks, seed, data].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// For a file that is written after the run, when every number is known.
  var written: String {
    let page = hasNumbers ? "Where this run's number is another, “page:” gives the page's." : ""
    return [kind, sentences, page, "Seed \(options.seed).", data].filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  private var kind: String {
    switch options.scale {
    case .quick: "A smoke run (--quick): its numbers mean nothing."
    case .usual: "The usual run."
    case .full: "The full run."
    }
  }

  private var isOnOtherData: Bool { options.data != options.defaultData }

  private var sentences: String {
    let run =
      switch options.scale {
      case .quick: "the full run"
      case .usual: "the full run (--full)"
      case .full: "the page's run"
      }
    if isOnOtherData {
      return "The sentences speak of \(run) on \(options.defaultData); "
        + "tables and figures are of \(options.data)."
    }
    return options.isFull ? "" : "The sentences speak of \(run)."
  }

  private var marks: String {
    guard hasNumbers else { return "" }
    let origin = sentences.isEmpty ? "stands so in the page" : "is of that run"
    return "A number marked (the page's) \(origin); this run computes its own further down."
  }

  private var data: String {
    isOnOtherData || options.data.isEmpty ? "" : "Data: \(options.data)."
  }
}
