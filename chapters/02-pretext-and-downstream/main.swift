import CourseData
import Notebook
import TensorCore

let page = Page.open(
  chapter: 2,
  mine: "train word vectors on your gradient")
let options = page.options

// MARK: Words

// MARK: Pictures

// MARK: Video

// MARK: How one fools oneself

// MARK: What it cost

page.finish()
