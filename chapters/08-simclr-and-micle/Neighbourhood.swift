import CourseData
import Notebook
import TensorCore

/// What lies next to test pictures by their pixels, by an encoder with random weights, by SimCLR's h.
struct Neighbourhood {
  private let set: PictureSet
  private let pixels, untrained, h: Representation

  /// Draws the random encoder.
  ///
  /// - Parameters:
  ///   - set: the pictures.
  ///   - h: what SimCLR makes of them.
  ///   - width: the channels of the encoder's first block.
  ///   - random: where the random encoder's weights come from.
  init(_ set: PictureSet, _ h: Representation, width: Int, using random: inout Random) {
    self.set = set
    self.h = h
    pixels = Representation(pixelsOf: set.training, set.test)
    let encoder = ResidualEncoder(
      channels: set.training.channels, width: width, using: &random)
    untrained = Representation(encoder, set.training, set.test)
  }

  private var kinds: [(name: String, features: Representation)] {
    [("pixels", pixels), ("random encoder", untrained), ("SimCLR", h)]
  }

  /// How often the five nearest of all training pictures vote rightly.
  var table: Table {
    Table(
      "The vote of the five nearest of all training pictures",
      columns: [.text("nearness by"), .number("right", decimals: 2)],
      rows: kinds.map {
        [
          .text($0.name),
          .number(nearestNeighbourAccuracy($0.features, set.training.labels, set.test.labels)),
        ]
      })
  }

  /// Test pictures, each with its five nearest training pictures: a row for each and kind of features.
  ///
  /// - Parameter queries: places among the test pictures.
  /// - Returns: the grid; the captions say what a picture shows.
  func grid(of queries: [Int]) -> PictureGrid {
    func shown(_ pictures: Pictures, _ index: Int) -> Notebook.Picture {
      Notebook.Picture(
        pictures.pixels(at: [index]), height: pictures.height, width: pictures.width,
        channels: pictures.channels, caption: pictures.classNames[pictures.labels[index]])
    }
    let found = kinds.map { kind in
      nearestNeighbours(
        of: kind.features.test.gather(queries), in: kind.features.training, k: 5)
    }
    return PictureGrid(
      "A test picture, then its five nearest training pictures",
      rows: queries.indices.flatMap { query in
        kinds.indices.map { kind in
          PictureRow(
            kinds[kind].name,
            [shown(set.test, queries[query])]
              + found[kind][query].map { shown(set.training, $0) })
        }
      })
  }
}
