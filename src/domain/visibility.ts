/** Who may see a seat, or elsewhere what reports in a channel. */
export type Visibility = 'everyone' | 'people' | 'governors';
