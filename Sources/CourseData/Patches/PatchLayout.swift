import TensorCore

/// How a patch and its eight neighbours lie in a picture (Doersch, Gupta and Efros 2015, section 3).
///
///     0  1  2        A patch in the middle and eight around it, with a gap between them. Each is then
///     3  ·  4        moved by its own jitter. Labels run row by row, so that a pair the other way
///     5  6  7        round has 7 minus the label.
///
/// ```swift
/// let layout = PatchLayout(size: 12, gap: 6, jitter: 1)
/// let pairs = layout.pairs(64, of: pictures, using: &random)
/// let middles = pictures.patches(at: pairs.map(\.middle), size: 12)      // [64, 12, 12, 3]
/// ```
public struct PatchLayout: Sendable, Hashable {
  /// The side of a patch, in pixels.
  public var size: Int
  /// What lies between two patches before they are moved, in pixels.
  public var gap: Int
  /// How far each patch may be moved, up or down and left or right, in pixels.
  public var jitter: Int

  /// A layout; sizes below 1 and negative gaps or jitters stop the program.
  public init(size: Int, gap: Int, jitter: Int) {
    if size < 1 || gap < 0 || jitter < 0 {
      fatalError("PatchLayout: size \(size), gap \(gap), jitter \(jitter)")
    }
    self.size = size
    self.gap = gap
    self.jitter = jitter
  }

  /// The number of neighbours, and of labels.
  public static let neighbours = 8

  /// Where the neighbour of a label lies, in steps down and across, each −1, 0 or 1.
  public static func direction(_ label: Int) -> (down: Int, across: Int) {
    // The middle of the nine places is no neighbour.
    let place = label < 4 ? label : label + 1
    return (place / 3 - 1, place % 3 - 1)
  }

  /// The side of the square that all nine patches need, wherever their jitter moves them.
  public var extent: Int { 3 * size + 2 * gap + 2 * jitter }

  /// The least and the most that lies between two neighbours after they were moved.
  public var gaps: ClosedRange<Int> { max(0, gap - 2 * jitter)...(gap + 2 * jitter) }

  /// Draws pairs: a picture, a place for the nine, one of the eight neighbours, and a jitter for either.
  ///
  /// All are drawn evenly, so that no label is likelier than another.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - pictures: the number of pictures and their size. Pictures smaller than `extent` stop the
  ///     program; see `check`.
  ///   - random: decides.
  /// - Returns: the pairs.
  public func pairs(
    _ count: Int, of pictures: Pictures, using random: inout Random
  ) -> [PatchPair] {
    let (rows, columns) = (pictures.height - extent, pictures.width - extent)
    if rows < 0 || columns < 0 || pictures.count == 0 {
      fatalError(
        "PatchLayout: nine patches need \(extent) × \(extent) pixels, "
          + "and there are \(pictures.count) pictures of \(pictures.width) × \(pictures.height)")
    }
    let step = size + gap
    func moved(_ top: Int, _ left: Int, _ picture: Int) -> PatchPlace {
      let (down, across) = (
        random.integer(below: 2 * jitter + 1), random.integer(below: 2 * jitter + 1)
      )
      return PatchPlace(picture: picture, top: top + down, left: left + across)
    }
    return (0..<count).map { _ in
      let picture = random.integer(below: pictures.count)
      let top = step + random.integer(below: rows + 1)
      let left = step + random.integer(below: columns + 1)
      let label = random.integer(below: PatchLayout.neighbours)
      let (down, across) = PatchLayout.direction(label)
      let middle = moved(top, left, picture)
      return PatchPair(
        middle: middle, neighbour: moved(top + down * step, left + across * step, picture),
        label: label)
    }
  }

  /// All neighbouring pairs of a grid of patches, in both orders.
  ///
  /// This is not what the paper says, but what its released program makes. Their labels are not equally
  /// frequent: inner cells have neighbours on all sides, outer ones have not.
  ///
  /// - Parameters:
  ///   - rows: of the grid.
  ///   - columns: of the grid.
  ///   - pictures: the grid lies at a place drawn evenly in each.
  ///   - random: decides.
  /// - Returns: the pairs of all pictures, those of one picture in a row.
  public func pairsOfGrid(
    rows: Int, columns: Int, of pictures: Pictures, using random: inout Random
  ) -> [PatchPair] {
    let step = size + gap
    let room = (
      pictures.height - (rows * size + (rows - 1) * gap + 2 * jitter),
      pictures.width - (columns * size + (columns - 1) * gap + 2 * jitter)
    )
    if min(room.0, room.1) < 0 {
      fatalError("PatchLayout: pictures are too small for \(rows) × \(columns) patches")
    }
    return (0..<pictures.count).flatMap { picture in
      let (top, left) = (
        random.integer(below: room.0 + 1), random.integer(below: room.1 + 1)
      )
      let places = (0..<rows * columns).map { cell in
        PatchPlace(
          picture: picture,
          top: top + cell / columns * step + random.integer(below: 2 * jitter + 1),
          left: left + cell % columns * step + random.integer(below: 2 * jitter + 1))
      }
      return (0..<rows * columns).flatMap { cell in
        (0..<PatchLayout.neighbours).compactMap { label -> PatchPair? in
          let (down, across) = PatchLayout.direction(label)
          let (row, column) = (cell / columns + down, cell % columns + across)
          guard (0..<rows).contains(row), (0..<columns).contains(column) else { return nil }
          return PatchPair(
            middle: places[cell], neighbour: places[row * columns + column], label: label)
        }
      }
    }
  }

  /// Finds out whether pictures have room for nine patches.
  ///
  /// - Throws: `DataError` that says how large they are and how large they have to be.
  public func check(_ pictures: Pictures, from name: String) throws(DataError) {
    if min(pictures.height, pictures.width) < extent {
      throw DataError(
        .damaged, file: name,
        reason: "its pictures are \(pictures.width) × \(pictures.height) pixels, and nine patches "
          + "of \(size) with gaps of \(gap) and a jitter of \(jitter) need \(extent) × \(extent)",
        remedy: "take larger pictures")
    }
  }
}

/// Where a patch lies: its picture and its upper left pixel.
public struct PatchPlace: Sendable, Equatable {
  /// The place of its picture among the pictures.
  public var picture: Int
  /// The first row.
  public var top: Int
  /// The first column.
  public var left: Int

  /// A patch's place.
  public init(picture: Int, top: Int, left: Int) {
    self.picture = picture
    self.top = top
    self.left = left
  }
}

/// Two patches of a picture, and where the second lies as seen from the first.
public struct PatchPair: Sendable, Equatable {
  /// The first patch.
  public var middle: PatchPlace
  /// The second one.
  public var neighbour: PatchPlace
  /// Which of the eight neighbours the second is, 0…7, row by row.
  public var label: Int

  /// A pair with its label.
  public init(middle: PatchPlace, neighbour: PatchPlace, label: Int) {
    self.middle = middle
    self.neighbour = neighbour
    self.label = label
  }
}
