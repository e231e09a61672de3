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
  var codeBlocks: [Markdown.Code] { Markdown.codeBlocks(in: blocks) }
}

extension Markdown {
  /// The live numbers in some blocks, in order; none inside cells, which hold a run's output.
  static func values(in blocks: [Block]) -> [Value] {
    inlines(in: blocks).flatMap(values)
  }

  private static func values(in inline: Inline) -> [Value] {
    switch inline {
    case .value(let value): [value]
    case .emphasis(let inner), .strong(let inner), .link(let inner, _): inner.flatMap(values)
    case .text, .code, .mathematics: []
    }
  }

  /// All text in some blocks, outside of cells.
  static func inlines(in blocks: [Block]) -> [Inline] {
    blocks.flatMap { block -> [Inline] in
      switch block.content {
      case .heading(_, let text), .paragraph(let text): text
      case .list(let list): list.items.flatMap { inlines(in: $0) }
      case .table(let table): (table.header + table.rows.flatMap(\.self)).flatMap(\.self)
      case .quote(let inner): inlines(in: inner)
      case .figure, .code, .mathematics, .rule, .cell, .claims: []
      }
    }
  }

  private static func codeBlocks(in blocks: [Block]) -> [Code] {
    blocks.flatMap { block -> [Code] in
      switch block.content {
      case .code(let code): [code]
      case .list(let list): list.items.flatMap { codeBlocks(in: $0) }
      case .quote(let inner): codeBlocks(in: inner)
      default: []
      }
    }
  }
}
