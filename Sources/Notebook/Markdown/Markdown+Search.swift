extension Markdown.Block {
  /// The name of the cell that this block is; nil for text.
  var cellName: String? {
    if case .cell(let cell) = content { cell.name } else { nil }
  }

  /// Whether this is the place of the claims.
  var isClaims: Bool {
    if case .claims = content { true } else { false }
  }
}

extension Markdown.Document {
  /// The live numbers of the text, in order.
  var values: [Markdown.Value] { Markdown.values(in: blocks) }

  /// The fenced blocks of the text, in order, outside of cells.
  var codeBlocks: [Markdown.Code] {
    Markdown.allBlocks(blocks).compactMap { block -> Markdown.Code? in
      if case .code(let code) = block.content { code } else { nil }
    }
  }

  /// The headings of the text, with their lines.
  var headings: [(level: Int, text: [Markdown.Inline], line: Int)] {
    blocks.compactMap { block in
      guard case .heading(let level, let text) = block.content else { return nil }
      return (level, text, block.lines.lowerBound)
    }
  }

  /// The pictures, also those in cells, with the lines on which they stand.
  var figures: [(path: String, line: Int)] {
    blocks.flatMap { block -> [(path: String, line: Int)] in
      let inner = if case .cell(let cell) = block.content { cell.output } else { [block] }
      return Markdown.allBlocks(inner).compactMap { block -> (path: String, line: Int)? in
        guard case .figure(let figure) = block.content else { return nil }
        return (figure.path, block.lines.lowerBound)
      }
    }
  }

  /// The links of the text, with the first lines of the blocks in which they stand.
  var links: [(target: String, line: Int)] {
    Markdown.allBlocks(blocks).flatMap { block -> [(target: String, line: Int)] in
      Markdown.ownInlines(of: block).flatMap(Markdown.links).map { ($0, block.lines.lowerBound) }
    }
  }
}

extension Markdown {
  /// Some blocks and those inside them, in order; nothing of cells, which hold a run's output.
  static func allBlocks(_ blocks: [Block]) -> [Block] {
    blocks.flatMap { block -> [Block] in
      switch block.content {
      case .list(let list): [block] + list.items.flatMap { allBlocks($0) }
      case .quote(let inner): [block] + allBlocks(inner)
      case .heading, .paragraph, .figure, .table, .code, .mathematics, .rule: [block]
      case .cell, .claims: []
      }
    }
  }

  /// The text of a block itself, without that of the blocks inside it.
  static func ownInlines(of block: Block) -> [Inline] {
    switch block.content {
    case .heading(_, let text), .paragraph(let text): text
    case .table(let table): (table.header + table.rows.flatMap(\.self)).flatMap(\.self)
    case .figure, .code, .mathematics, .rule, .list, .quote, .cell, .claims: []
    }
  }

  /// The live numbers in some blocks, in order.
  static func values(in blocks: [Block]) -> [Value] {
    allBlocks(blocks).flatMap(ownInlines).flatMap { inline in
      collect(inline) { if case .value(let value) = $0 { value } else { nil } }
    }
  }

  static func links(in inline: Inline) -> [String] {
    collect(inline) { if case .link(_, let target) = $0 { target } else { nil } }
  }

  static func formulas(in inline: Inline) -> [String] {
    collect(inline) { if case .mathematics(let formula) = $0 { formula } else { nil } }
  }

  /// What `pick` finds in a piece of text and in the pieces inside it.
  private static func collect<Found>(_ inline: Inline, _ pick: (Inline) -> Found?) -> [Found] {
    let own = pick(inline).map { [$0] } ?? []
    switch inline {
    case .emphasis(let inner), .strong(let inner), .link(let inner, _):
      return own + inner.flatMap { collect($0, pick) }
    case .text, .code, .mathematics, .value: return own
    }
  }
}
